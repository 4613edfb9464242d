package io.travaso.database.postgres;

import io.travaso.table.ValueKind;
import java.util.HashMap;
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

  private final Map<Long, Row> rows = new HashMap<>();

  /** How values of a type are treated. */
  record Type(ValueKind kind, boolean exactEquality) {}

  private record Row(String name, boolean builtIn, String kind, long base, int baseModifier) {}

  private PostgresTypes() {}

  static PostgresTypes read(Handle handle) {
    PostgresTypes types = new PostgresTypes();
    handle
        .createQuery(
            """
            SELECT t.oid, t.typname, n.nspname = 'pg_catalog' AS built_in, t.typtype,
                   t.typbasetype, t.typtypmod
              FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
             WHERE t.typtype IN ('b', 'd', 'e')
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
                        r.getInt("typtypmod"))))
        .list();
    return types;
  }

  Type get(long oid, int modifier) {
    Row row = rows.get(oid);
    if (row != null && row.kind().equals("d")) {
      return get(row.base(), row.baseModifier());
    }
    return new Type(kind(row), exact(row, modifier));
  }

  private static ValueKind kind(@Nullable Row row) {
    if (row == null || !row.builtIn()) {
      return ValueKind.TEXT;
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

  private static boolean exact(@Nullable Row row, int modifier) {
    if (row == null) {
      return false;
    }
    if (row.kind().equals("e")) {
      return true;
    }
    return row.builtIn()
        && (EXACT.contains(row.name()) || (row.name().equals("numeric") && modifier > 0));
  }
}
