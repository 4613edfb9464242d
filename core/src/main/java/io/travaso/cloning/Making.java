package io.travaso.cloning;

import io.travaso.database.Database;
import io.travaso.restore.Beside;

/**
 * The database in the making.
 *
 * @param database as the account sees it that fills it
 * @param beside what it was made as
 */
record Making(Database database, Beside beside) {}
