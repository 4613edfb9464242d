package io.travaso.database.postgres;

import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.List;
import java.util.stream.Collectors;

/** Names in SQL, quoted. */
final class PostgresNames {
  private PostgresNames() {}

  static String quote(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A name holds a NUL character");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quote(TableId table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  static String quote(List<String> names) {
    return names.stream().map(PostgresNames::quote).collect(Collectors.joining(", "));
  }

  /**
   * In FROM, UPDATE and DELETE: the table itself without its heirs, a partitioned one with its
   * partitions.
   */
  static String relation(Table table) {
    return (table.has(Table.Trait.PARTITIONED) ? "" : "ONLY ") + quote(table.id());
  }

  static String literal(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A text holds a NUL character");
    }
    // With standard_conforming_strings on, which the session pins, a backslash is a backslash.
    return "'" + text.replace("'", "''") + "'";
  }
}
