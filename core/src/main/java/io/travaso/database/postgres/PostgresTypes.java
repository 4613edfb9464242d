package io.travaso.database.postgres;

import io.travaso.table.Content;
import io.travaso.table.ValueKind;
import java.sql.Array;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The types of a database: how their values stand in a fixture, and whether equal means equal text.
 */
final class PostgresTypes {
  /**
   * Built-in types whose {@code =} holds only between values of equal text. Not among them: numeric
   * without a scale (1.0 = 1.00), float (0 = -0), interval (24:00 = 1 day), jsonb (1.0 and 1.00),
   * char(n) and what is made of other types.
   */
  private static final Set<String> EXACT =
      Set.of(
          "int2",
          "int4",
          "int8",
          "oid",
          "bool",
          "text",
          "varchar",
          "name",
          "bytea",
          "uuid",
          "date",
          "time",
          "timestamp",
          "timestamptz",
          "money",
          "macaddr",
          "macaddr8");

  /** Types whose values a sequence can be moved forward to. */
  private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");

  private final Map<Long, Row> rows = new HashMap<>();

  /** How values of a type are treated. */
  record Type(
      ValueKind kind, boolean exactEquality, String equality, boolean number, Content content) {}

  /**
   * A row of pg_type.
   *
   * @param plainElement whether it is an array whose elements stand in Django's JSON by their text
   * @param labels an enumeration's
   */
  private record Row(
      String name,
      boolean builtIn,
      String kind,
      long base,
      int baseModifier,
      String equality,
      boolean plainElement,
      List<String> labels) {}

  private PostgresTypes() {}

  static PostgresTypes read(Handle handle) {
    PostgresTypes types = new PostgresTypes();
    handle
        .createQuery(
            """
            SELECT t.oid, t.typname, n.nspname = 'pg_catalog' AS built_in, t.typtype,
                   t.typbasetype, t.typtypmod, t.typcategory = 'A' AND EXISTS (
                     SELECT FROM pg_type AS l WHERE l.oid = t.typelem AND l.typdelim = ','
                       AND (l.typcategory IN ('B', 'D', 'E', 'I', 'N', 'S', 'T') OR l.typname = 'uuid'))
                     AS plain_element,
                   (SELECT array_agg(n.enumlabel::text ORDER BY n.enumsortorder)
                      FROM pg_enum AS n WHERE n.enumtypid = t.oid) AS labels, e.nspname AS equal_schema, e.oprname AS equal_name
              FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
              LEFT JOIN LATERAL (
                SELECT en.nspname, o.oprname
                  FROM pg_opclass AS c JOIN pg_am AS m ON m.oid = c.opcmethod AND m.amname = 'btree'
                  JOIN pg_amop AS a ON a.amopfamily = c.opcfamily AND a.amopstrategy = 3
                   AND a.amoplefttype = c.opcintype AND a.amoprighttype = c.opcintype
                  JOIN pg_operator AS o ON o.oid = a.amopopr
                  JOIN pg_namespace AS en ON en.oid = o.oprnamespace
                 WHERE c.opcintype = t.oid AND c.opcdefault) AS e ON true
             WHERE t.typtype IN ('b', 'd', 'e', 'r')
            """)
        .map(
            (r, c) ->
                types.rows.put(
                    r.getLong("oid"),
                    new Row(
                        r.getString("typname"),
                        r.getBoolean("built_in"),
                        r.getString("typtype"),
                        r.getLong("typbasetype"),
                        r.getInt("typtypmod"),
                        equality(r.getString("equal_schema"), r.getString("equal_name")),
                        r.getBoolean("plain_element"),
                        labels(r.getArray("labels")))))
        .list();
    return types;
  }

  Type get(long oid, int modifier) {
    Row row = rows.get(oid);
    if (row != null && row.kind().equals("d")) {
      return get(row.base(), row.baseModifier());
    }
    return row == null
        ? new Type(ValueKind.TEXT, false, "=", false, new Content.Other())
        : new Type(
            kind(row),
            exact(row, modifier),
            row.equality(),
            row.builtIn() && NUMBERS.contains(row.name()),
            content(row, modifier));
  }

  private static Content content(Row row, int modifier) {
    if (row.kind().equals("e")) {
      return PostgresContents.enumeration(row.labels());
    }
    if (!row.builtIn()) {
      return row.name().equals("citext") ? PostgresContents.citext() : new Content.Other();
    }
    return PostgresContents.of(row.name(), modifier);
  }

  private static List<String> labels(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** An extension's type is compared by its own operator, also where the search path hides it. */
  private static String equality(@Nullable String schema, @Nullable String operator) {
    return schema == null || operator == null || schema.equals("pg_catalog")
        ? "="
        : "OPERATOR(" + PostgresNames.quote(schema) + "." + operator + ")";
  }

  private static ValueKind kind(Row row) {
    if (row.plainElement()) {
      return ValueKind.ARRAY;
    }
    if (!row.builtIn()) {
      return row.name().equals("hstore") ? ValueKind.HSTORE : ValueKind.TEXT;
    }
    if (row.kind().equals("r")) {
      return ValueKind.RANGE;
    }
    return switch (row.name()) {
      case "int2", "int4", "int8" -> ValueKind.INTEGER;
      case "float4", "float8" -> ValueKind.FLOAT;
      case "bool" -> ValueKind.BOOLEAN;
      case "timestamp", "timestamptz" -> ValueKind.TIMESTAMP;
      case "bytea" -> ValueKind.BYTES;
      case "jsonb" -> ValueKind.JSON_DOCUMENT;
      default -> ValueKind.TEXT;
    };
  }

  private static boolean exact(Row row, int modifier) {
    if (row.kind().equals("e")) {
      return true;
    }
    return row.builtIn()
        && (EXACT.contains(row.name()) || (row.name().equals("numeric") && modifier > 0));
  }
}
