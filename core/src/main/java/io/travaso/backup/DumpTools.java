package io.travaso.backup;

import io.travaso.database.ConnectionSettings;
import java.time.Duration;

/** Each engine's tool. */
public final class DumpTools {
  private DumpTools() {}

  /**
   * Finds the programs for a database.
   *
   * @param tools where they run
   * @param lockWait how long a dump waits for a table somebody has locked
   * @throws io.travaso.SyncException when there are none that can be used
   */
  public static DumpTool find(
      ConnectionSettings database, ToolBox tools, int serverMajor, Duration lockWait) {
    return switch (database.engine()) {
      case "postgresql" -> PgDump.find(database, tools, serverMajor, lockWait);
      case "mariadb" -> MariaDbDump.find(database, tools, lockWait);
      default ->
          throw new IllegalArgumentException("No tool dumps a database of " + database.engine());
    };
  }
}
