package io.travaso.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a MariaDB database holds, by its names. */
final class MariaDbObjects {
  /**
   * The ledger's tables of runs stay where they are, and our own are none of the application's.
   * What it keeps of rows (what they were before runs, what was agreed on) goes with the old ones:
   * it says nothing of those that come.
   */
  private static final String OURS =
      "TABLE_NAME NOT IN ('travaso_environment', 'travaso_run', 'travaso_written', '"
          + MariaDbJournal.TABLE
          + "', '"
          + MariaDbJournal.DONE
          + "')";

  private MariaDbObjects() {}

  /** Tables and sequences, without the ledger. */
  static List<String> tables(Sql sql, String database) {
    return names(
        sql,
        database,
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s"
            + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE') AND "
            + OURS
            + " ORDER BY TABLE_NAME");
  }

  static List<String> views(Sql sql, String database) {
    return names(
        sql, database, "SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = %s");
  }

  private static List<String> names(Sql sql, String database, String question) {
    return sql.column("Looking what is in " + database, question.formatted(sql.literal(database)));
  }

  static void dropTriggers(Sql sql, String database) {
    for (String trigger :
        names(
            sql,
            database,
            "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = %s")) {
      drop(sql, "TRIGGER", database, trigger);
    }
  }

  static void dropViews(Sql sql, String database, List<String> views) {
    views.forEach(view -> drop(sql, "VIEW", database, view));
  }

  static void dropEvents(Sql sql, String database) {
    for (String event :
        names(
            sql,
            database,
            "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = %s")) {
      drop(sql, "EVENT", database, event);
    }
  }

  /**
   * Drops routines.
   *
   * @param but those that stay, as {@code PROCEDURE name}
   */
  static void dropRoutines(Sql sql, String database, List<String> but) {
    List<List<String>> routines =
        new ArrayList<>(
            sql.rows(
                "Looking what is in " + database,
                // A package's body goes first.
                "SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = %s ORDER BY ROUTINE_TYPE DESC"
                    .formatted(sql.literal(database))));
    for (List<String> routine : routines) {
      if (!but.contains(routine.get(0) + " " + routine.get(1))) {
        drop(sql, routine.get(0), database, routine.get(1));
      }
    }
  }

  private static void drop(Sql sql, String kind, String database, String name) {
    sql.run(
        "Dropping the %s %s of %s".formatted(kind.toLowerCase(Locale.ROOT), name, database),
        "DROP %s IF EXISTS %s.%s".formatted(kind, sql.quote(database), sql.quote(name)));
  }
}
