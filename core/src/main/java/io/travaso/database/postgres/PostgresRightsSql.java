package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The query for the rights a role lacks, other than those on tables, which the catalog tells. */
final class PostgresRightsSql {
  private PostgresRightsSql() {}

  static String lacked(Set<String> schemas, Set<TableId> sequences, boolean staging) {
    List<String> queries = new ArrayList<>();
    queries.add(
        "SELECT 'TEMPORARY', 'DATABASE ' || quote_ident(current_database()) WHERE "
            + staging
            + " AND NOT has_database_privilege(current_database(), 'TEMPORARY')");
    for (String schema : schemas) {
      queries.add(
          "SELECT 'USAGE', %s FROM pg_namespace WHERE nspname = %s AND NOT has_schema_privilege(oid, 'USAGE')"
              .formatted(literal("SCHEMA " + quote(schema)), literal(schema)));
    }
    for (TableId sequence : sequences) {
      queries.add(
          """
          SELECT 'SELECT, UPDATE', %s FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
           WHERE c.relname = %s AND n.nspname = %s AND NOT (has_sequence_privilege(c.oid, 'SELECT')
             AND has_sequence_privilege(c.oid, 'UPDATE'))
          """
              .formatted(
                  literal("SEQUENCE " + quote(sequence)),
                  literal(sequence.name()),
                  literal(sequence.schema())));
    }
    return String.join(" UNION ALL ", queries);
  }
}
