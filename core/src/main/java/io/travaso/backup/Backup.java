package io.travaso.backup;

import io.travaso.table.TableId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was whole when it was taken.
 *
 * @param sequence its place in the order of taking, which a clock that was set back does not change
 * @param sha256 of the file, recorded after the file was proven
 * @param takenAt by the clock of the database's host
 * @param runId the run it was taken for; null for a manual one
 * @param tables the tables that run was about
 */
public record Backup(
    Path file,
    BackupLabel kind,
    long sequence,
    long bytes,
    String sha256,
    Instant takenAt,
    String environment,
    @Nullable String runId,
    List<TableId> tables,
    int serverMajor,
    String toolVersion) {

  public Backup {
    tables = List.copyOf(tables);
  }

  /** The file's name, by which people choose it. */
  public String name() {
    return String.valueOf(file.getFileName());
  }
}
