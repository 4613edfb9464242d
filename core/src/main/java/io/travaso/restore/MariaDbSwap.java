package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.backup.MariaDbClient;
import io.travaso.backup.MariaDbScript;
import io.travaso.database.ConnectionSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the tables of a database into another one, and others into their place, in one statement.
 *
 * <p>What can't be moved is made anew: triggers are dropped a moment before, and triggers, views,
 * routines and events made a moment after. Whoever came in nevertheless could write in between
 * without triggers.
 */
final class MariaDbSwap {
  private final Replacement replacement;
  private final BesideNames names;
  private final MariaDbClient client;

  MariaDbSwap(Replacement replacement, BesideNames names, MariaDbClient client) {
    this.replacement = replacement;
    this.names = names;
    this.client = client;
  }

  /** A lock that tells a swap which goes on from one that was killed. */
  static String lock(Sql sql, String database) {
    return "CONCAT('travaso swap ', MD5(" + sql.literal(database) + "))";
  }

  void requireFree(Sql sql) {
    String database = replacement.database();
    List<String> ties =
        sql.column(
            "Looking for foreign keys from other databases",
            """
            SELECT CONCAT(CONSTRAINT_SCHEMA, '.', TABLE_NAME, ' (', CONSTRAINT_NAME, ')')
              FROM information_schema.REFERENTIAL_CONSTRAINTS
             WHERE UNIQUE_CONSTRAINT_SCHEMA = %s AND CONSTRAINT_SCHEMA <> %1$s ORDER BY 1\
            """
                .replace("%s", "%1$s")
                .formatted(sql.literal(database)));
    if (!ties.isEmpty()) {
      throw SyncException.refused(
          "the database " + database + " can't be replaced: tables of other databases refer to it",
          "Drop the foreign keys that are listed, and make them again afterwards.",
          ties);
    }
    MariaDbSessions.awaitNone(sql, database, replacement.disconnects());
  }

  void run(Sql sql, MariaDbScript after) {
    String database = replacement.database();
    MariaDbScript before = client.definitions(replacement.to(database));
    if (!sql.column("Beginning the swap", "SELECT GET_LOCK(" + lock(sql, database) + ", 0)")
        .contains("1")) {
      throw SyncException.refused(
          "the database " + database + " is being replaced by another run", "Wait for its end.");
    }
    sql.run("Making the database " + names.old(), like(sql, database, names.old()));
    MariaDbJournal.write(sql, names.fresh(), before, after, names.old());
    MariaDbObjects.dropTriggers(sql, names.fresh());
    List<String> out = MariaDbObjects.tables(sql, database);
    List<String> in = MariaDbObjects.tables(sql, names.fresh());
    try {
      MariaDbObjects.dropTriggers(sql, database);
      // A table can't take the name that a view has.
      List<String> inTheWay =
          MariaDbObjects.views(sql, database).stream().filter(in::contains).toList();
      MariaDbObjects.dropViews(sql, database, inTheWay);
      sql.run("Swapping the tables of " + database, rename(sql, out, in));
    } catch (SyncException e) {
      takeBack(sql, before, e);
      throw e;
    }
    try {
      finish(sql, client, replacement.to(database), after);
    } catch (SyncException e) {
      sql.run("Swapping the tables of " + database + " back", renameBack(sql, out, in));
      takeBack(sql, before, e);
      throw e;
    }
    MariaDbJournal.drop(sql, names.fresh(), MariaDbJournal.DONE);
  }

  /** Makes what is no table, whatever of it is there already. */
  static void finish(Sql sql, MariaDbClient client, ConnectionSettings in, MariaDbScript script) {
    MariaDbObjects.dropTriggers(sql, in.database());
    MariaDbObjects.dropViews(sql, in.database(), MariaDbObjects.views(sql, in.database()));
    MariaDbObjects.dropEvents(sql, in.database());
    client.run(script, in);
    // Last, for with a routine go the rights that were granted on it.
    MariaDbObjects.dropRoutines(sql, in.database(), script.routines());
  }

  private void takeBack(Sql sql, MariaDbScript before, SyncException why) {
    try {
      finish(sql, client, replacement.to(replacement.database()), before);
      MariaDbJournal.drop(sql, names.fresh(), MariaDbJournal.TABLE);
    } catch (SyncException e) {
      why.addSuppressed(e);
      replacement
          .progress()
          .tells(
              "The triggers of %s are not as they were: run the command again, which puts that right"
                  .formatted(replacement.database()));
    }
  }

  static String like(Sql sql, String database, String name) {
    List<String> made =
        sql.rows(
                "Reading how the database " + database + " was made",
                "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM"
                    + " information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                    + sql.literal(database))
            .get(0);
    return "CREATE DATABASE %s CHARACTER SET %s COLLATE %s"
        .formatted(sql.quote(name), made.get(0), made.get(1));
  }

  String rename(Sql sql, List<String> out, List<String> in) {
    List<String> moves = new ArrayList<>();
    out.forEach(table -> moves.add(move(sql, replacement.database(), names.old(), table, table)));
    in.forEach(table -> moves.add(move(sql, names.fresh(), replacement.database(), table, table)));
    moves.add(move(sql, names.fresh(), names.fresh(), MariaDbJournal.TABLE, MariaDbJournal.DONE));
    return "RENAME TABLE " + String.join(", ", moves);
  }

  private String renameBack(Sql sql, List<String> out, List<String> in) {
    // Triggers that were made already would hold the tables back.
    MariaDbObjects.dropTriggers(sql, replacement.database());
    List<String> views = MariaDbObjects.views(sql, replacement.database());
    MariaDbObjects.dropViews(sql, replacement.database(), views);
    List<String> moves = new ArrayList<>();
    in.forEach(table -> moves.add(move(sql, replacement.database(), names.fresh(), table, table)));
    out.forEach(table -> moves.add(move(sql, names.old(), replacement.database(), table, table)));
    moves.add(move(sql, names.fresh(), names.fresh(), MariaDbJournal.DONE, MariaDbJournal.TABLE));
    return "RENAME TABLE " + String.join(", ", moves);
  }

  private static String move(Sql sql, String from, String to, String table, String name) {
    return sql.quote(from)
        + "."
        + sql.quote(table)
        + " TO "
        + sql.quote(to)
        + "."
        + sql.quote(name);
  }
}
