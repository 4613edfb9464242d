package io.travaso.backup;

import io.travaso.database.ConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Each engine's tool. */
public final class DumpTools {
  private DumpTools() {}

  /**
   * Finds the programs for a database.
   *
   * @param directory the folder they are in; null to look into PATH and the usual places
   * @param lockWait how long a dump waits for a table somebody has locked
   * @throws io.travaso.SyncException when there are none that can be used
   */
  public static DumpTool find(
      ConnectionSettings database, @Nullable Path directory, int serverMajor, Duration lockWait) {
    return switch (database.engine()) {
      case "postgresql" -> PgDump.find(database, directory, serverMajor, lockWait);
      case "mariadb" -> MariaDbDump.find(database, directory, lockWait);
      default ->
          throw new IllegalArgumentException("No tool dumps a database of " + database.engine());
    };
  }
}
