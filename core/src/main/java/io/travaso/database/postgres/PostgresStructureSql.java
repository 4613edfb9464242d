package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.StructureSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A check's questions to PostgreSQL's catalog. */
final class PostgresStructureSql implements StructureSql {

  @Override
  public String heirs(Collection<TableId> tables) {
    return """
        WITH RECURSIVE heir AS (
          SELECT c.oid AS ancestor, i.inhrelid AS heir
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_inherits AS i ON i.inhparent = c.oid
           WHERE c.relkind = 'r' AND (n.nspname, c.relname) IN (%s)
           UNION
          SELECT h.ancestor, i.inhrelid FROM heir AS h JOIN pg_inherits AS i ON i.inhparent = h.heir)
        SELECT an.nspname, a.relname, hn.nspname, r.relname
          FROM heir AS h
          JOIN pg_class AS a ON a.oid = h.ancestor JOIN pg_namespace AS an ON an.oid = a.relnamespace
          JOIN pg_class AS r ON r.oid = h.heir JOIN pg_namespace AS hn ON hn.oid = r.relnamespace
         ORDER BY 1, 2, 3, 4"""
        .formatted(list(tables));
  }

  @Override
  public String generatedColumns(Collection<TableId> tables) {
    return """
        SELECT n.nspname, c.relname, a.attname, pg_get_expr(f.adbin, f.adrelid)
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
          JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attgenerated <> '' AND NOT a.attisdropped
          JOIN pg_attrdef AS f ON f.adrelid = c.oid AND f.adnum = a.attnum
         WHERE (n.nspname, c.relname) IN (%s)
         ORDER BY 1, 2, 3"""
        .formatted(list(tables));
  }

  @Override
  public String largeObjectColumns(Collection<TableId> tables) {
    return """
        WITH RECURSIVE number AS (
          SELECT 'pg_catalog.oid'::pg_catalog.regtype::oid AS type
           UNION
          SELECT t.oid FROM number AS b JOIN pg_type AS t ON t.typtype = 'd' AND t.typbasetype = b.type)
        SELECT n.nspname, c.relname, a.attname
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
          JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE (n.nspname, c.relname) IN (%s) AND a.atttypid IN (SELECT type FROM number)
         ORDER BY 1, 2, a.attnum"""
        .formatted(list(tables));
  }

  /** All of its tables are restored by a ROLLBACK, so nobody asks. */
  @Override
  public String triggersNaming(Collection<TableId> tables, Collection<TableId> named) {
    return "SELECT '', '', '' WHERE false";
  }

  @Override
  public String holdingLargeObjects(SyncTable table, Column column, int limit) {
    List<String> key = table.match().stream().map(c -> "t." + quote(c.name())).toList();
    return "SELECT %s FROM %s AS t WHERE EXISTS (SELECT FROM pg_largeobject_metadata AS l WHERE l.oid = t.%s) LIMIT %d"
        .formatted(PostgresRows.keyText(key), relation(table.table()), quote(column.name()), limit);
  }

  private static String list(Collection<TableId> tables) {
    return tables.stream()
        .map(t -> "(" + literal(t.schema()) + ", " + literal(t.name()) + ")")
        .collect(Collectors.joining(", "));
  }
}
