package io.travaso.testing;

import java.util.List;

/**
 * What a database holds: on PostgreSQL down to where each row stands, on MariaDB the rows, for
 * where they stand can't be seen there, and AUTO_INCREMENT and sequences move on in a transaction
 * that is rolled back.
 */
public final class Contents {
  /** A query for each table's rows and each sequence's place. */
  private static final String QUERIES =
      """
      SELECT format(CASE relkind
                 WHEN 'r' THEN 'SELECT %1$L || x.ctid || x.xmin || x FROM ONLY %2$I.%3$I AS x'
                 ELSE 'SELECT %1$L || x.last_value || x.is_called FROM %2$I.%3$I AS x' END,
               c.oid::regclass::text, nspname, relname)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
         AND relkind IN ('r', 'S') AND relpersistence <> 't' %s ORDER BY c.oid
      """;

  private Contents() {}

  /** All of it, what the tool remembers there included. */
  public static List<String> of(TestDatabase database) {
    return database.engine() == Engine.MARIADB
        ? MariaDbContents.of(database, "")
        : of(database, "");
  }

  /** All that belongs to the application. */
  public static List<String> withoutLedger(TestDatabase database) {
    return database.engine() == Engine.MARIADB
        ? MariaDbContents.of(database, "AND table_name NOT LIKE 'travaso\\_%'")
        : of(database, "AND n.nspname <> 'travaso'");
  }

  private static List<String> of(TestDatabase database, String which) {
    List<String> queries = database.rows(QUERIES.replace("%s ORDER", which + " ORDER"));
    return queries.isEmpty() ? List.of() : database.rows(String.join(" UNION ALL ", queries));
  }
}
