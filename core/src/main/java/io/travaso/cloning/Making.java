package io.travaso.cloning;

import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;

/**
 * The database in the making.
 *
 * @param database as the account sees it that fills it
 * @param maintenance how the account reaches it that made it
 */
record Making(Database database, ConnectionSettings maintenance) {

  /** How another account reaches it. */
  ConnectionSettings settings(ConnectionSettings account) {
    return new ConnectionSettings(
        account.engine(),
        account.host(),
        account.port(),
        maintenance.database(),
        account.user(),
        account.parameters(),
        account.password());
  }
}
