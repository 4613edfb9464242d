package io.travaso.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was read in full and whose databases were restored beside the real ones.
 *
 * @param service null where it is a backup of the environment's own database
 * @param millis how long it took
 */
public record Verified(
    String name,
    @Nullable String service,
    String environment,
    String takenAt,
    List<Database> databases,
    List<Volume> volumes,
    long millis) {

  public Verified {
    databases = List.copyOf(databases);
    volumes = List.copyOf(volumes);
  }

  /**
   * A database as it came out of the backup.
   *
   * @param rows of all its tables
   * @param millis how long its restore took
   */
  public record Database(
      String name, String engine, List<TableRows> tables, long rows, long millis) {
    public Database {
      tables = List.copyOf(tables);
    }
  }

  /** How many rows a table has. */
  public record TableRows(String table, long rows) {}

  /** A volume's archive as it was read. */
  public record Volume(String name, long files, long bytes) {}
}
