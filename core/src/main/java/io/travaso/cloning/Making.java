package io.travaso.cloning;

import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;

/**
 * The database in the making.
 *
 * @param database as the account sees it that fills it
 * @param maintenance how the account reaches it that made it
 */
record Making(Database database, ConnectionSettings maintenance) {}
