package io.travaso.database.postgres;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How rows are called in the base, and the digests of their values: 64 bits of each value, by the
 * functions that hash partitions are made with, whose results no version changes. 0 stands for a
 * value that nobody knows. Each column has a seed of its own, made of its name, so that a row's
 * hash is all its digests together, by XOR.
 */
final class PostgresDigests {
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

  private PostgresDigests() {}

  /** What a row is called, by the values it is matched by. */
  static String key(SyncTable table, Function<Column, String> value) {
    if (isInteger(table)) {
      return "int8send(" + value.apply(table.match().get(0)) + "::int8)";
    }
    String text = keyText(table, value);
    return "int8send(%s) || int8send(%s)".formatted(hash(text, 0), hash(text, 1));
  }

  private static String keyText(SyncTable table, Function<Column, String> value) {
    return table.match().stream()
        .map(c -> keyText(c, value.apply(c)))
        .collect(Collectors.joining(", ", "ROW(", ")::text COLLATE \"C\""));
  }

  /** Values that are equal as keys have one text. */
  private static String keyText(Column column, String value) {
    return column.type().endsWith("citext") ? "lower(" + value + "::text)" : value;
  }

  /** The code of a row, as SQL compares it best. */
  static String code(SyncTable table, Function<Column, String> value) {
    return isInteger(table) ? value.apply(table.match().get(0)) : hash(keyText(table, value), 0);
  }

  private static boolean isInteger(SyncTable table) {
    return table.match().size() == 1 && INTEGERS.contains(table.match().get(0).type());
  }

  /** The digest of a value. */
  static String of(Column column, String value) {
    long seed = seed(column.name());
    return "coalesce(%s, %d)".formatted(hashed(column, value, seed), seed >>> 1 | 1);
  }

  /** The hash of a row. */
  static String row(List<Column> columns, Function<Column, String> value) {
    return columns.isEmpty()
        ? "1"
        : columns.stream().map(c -> of(c, value.apply(c))).collect(Collectors.joining(" # "));
  }

  /** The hash of the row that an entry is of. */
  static String rowOfEntry(Base base) {
    return base.columns().isEmpty()
        ? "1"
        : base.columns().stream().map(c -> inBase(base, c)).collect(Collectors.joining(" # "));
  }

  /**
   * Of types whose values have one text each the value itself is hashed, which takes half the time,
   * as far as PostgreSQL's functions tell all values from each other: those of numeric pass over
   * the sign, those of bigint and of timestamps see 32 bits.
   */
  private static String hashed(Column column, String value, long seed) {
    String type = column.type();
    String by = ", " + seed + ")";
    if (INTEGERS.contains(type)) {
      return "hashint8extended(%1$s::int8, hashint8extended(%1$s::int8 >> 32%2$s)"
          .formatted(value, by);
    }
    if (type.equals("boolean")) {
      return "hashint4extended(" + value + "::int4" + by;
    }
    if (type.equals("uuid")) {
      return "uuid_hash_extended(" + value + by;
    }
    if (type.equals("date")) {
      // An infinite one can't be counted in days.
      return "CASE WHEN isfinite(%1$s) THEN hashint4extended(%1$s - date '2000-01-01'%2$s ELSE %3$s END"
          .formatted(value, by, hash(text(column, value), seed));
    }
    if (type.startsWith("timestamp") && type.endsWith("without time zone")) {
      return hash(bytes("timestamp_send", value), seed);
    }
    if (type.startsWith("timestamp") && type.endsWith("with time zone")) {
      return hash(bytes("timestamptz_send", value), seed);
    }
    return hash(text(column, value), seed);
  }

  /** A moment as it is stored, in no zone. */
  private static String bytes(String send, String value) {
    return "encode(%s(%s), 'hex') COLLATE \"C\"".formatted(send, value);
  }

  private static String hash(String text, long seed) {
    return "hashtextextended(" + text + ", " + seed + ")";
  }

  /** FNV-1a: the same for a name whatever made it. */
  private static long seed(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    // Positive, so that no sign gets between SQL's operators.
    return hash >>> 1;
  }

  private static String text(Column column, String value) {
    return PostgresRows.text(column, value);
  }

  /** The digest of a column in an entry aliased b, or 0. */
  static String inBase(Base base, String column) {
    int index = base.columns().indexOf(column);
    return index < 0 ? "0" : "b.digests[" + (index + 1) + "]";
  }

  /** Which of a table's entries, aliased b, hold at an agreement. */
  static String holds(Base base) {
    return "b.baseline = %1$d AND b.valid_from <= %2$d AND (b.valid_to IS NULL OR b.valid_to > %2$d)"
        .formatted(base.id(), base.number());
  }

  /** The entry of a row, if it has one. */
  static String entry(Base base, String key) {
    return PostgresLedgerSql.BASE + " AS b ON " + holds(base) + " AND b.k = " + key;
  }
}
