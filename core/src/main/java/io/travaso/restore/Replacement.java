package io.travaso.restore;

import io.travaso.Progress;
import io.travaso.backup.ToolBox;
import io.travaso.database.ConnectionSettings;

/**
 * How a database is to be replaced.
 *
 * @param usual the database, and its usual account
 * @param maintenance the same, with the account that makes databases
 * @param disconnects whether a swap ends other sessions
 */
record Replacement(
    ConnectionSettings usual,
    ConnectionSettings maintenance,
    ToolBox tools,
    Progress progress,
    boolean disconnects) {

  Replacement disconnectingOthers() {
    return new Replacement(usual, maintenance, tools, progress, true);
  }

  String database() {
    return usual.database();
  }

  /** How the account for maintenance connects to another database of the server. */
  ConnectionSettings to(String database) {
    return new ConnectionSettings(
        maintenance.engine(),
        maintenance.host(),
        maintenance.port(),
        database,
        maintenance.user(),
        maintenance.parameters(),
        maintenance.password());
  }
}
