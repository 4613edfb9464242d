package io.travaso.merge;

import io.travaso.testing.TestDatabase;
import java.util.List;

/** What a database holds, down to where each row stands. */
final class Contents {
  /** A query for each table's rows and each sequence's place. */
  private static final String QUERIES =
      """
      SELECT format(CASE relkind
                 WHEN 'r' THEN 'SELECT %1$L || x.ctid || x.xmin || x FROM ONLY %2$I.%3$I AS x'
                 ELSE 'SELECT %1$L || x.last_value || x.is_called FROM %2$I.%3$I AS x' END,
               c.oid::regclass::text, nspname, relname)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
         AND relkind IN ('r', 'S') AND relpersistence <> 't' ORDER BY c.oid
      """;

  private Contents() {}

  static List<String> of(TestDatabase database) {
    List<String> queries = database.rows(QUERIES);
    return queries.isEmpty() ? List.of() : database.rows(String.join(" UNION ALL ", queries));
  }
}
