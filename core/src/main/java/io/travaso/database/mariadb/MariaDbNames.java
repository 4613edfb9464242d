package io.travaso.database.mariadb;

import io.travaso.table.TableId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names in SQL, quoted. A MariaDB database has no schemas inside: its tables are called as those of
 * PostgreSQL's default schema, {@value #SCHEMA}, so that they have one name wherever they are. What
 * has another schema stands in another database of the server.
 */
final class MariaDbNames {
  /** The schema of all tables of the database that is connected to. */
  static final String SCHEMA = "public";

  private MariaDbNames() {}

  static String quote(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A name holds a NUL character");
    }
    return '`' + name.replace("`", "``") + '`';
  }

  static String quote(TableId table) {
    return table.schema().equals(SCHEMA)
        ? quote(table.name())
        : quote(table.schema()) + "." + quote(table.name());
  }

  static String quote(List<String> names) {
    return names.stream().map(MariaDbNames::quote).collect(Collectors.joining(", "));
  }

  static String literal(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A text holds a NUL character");
    }
    // Without NO_BACKSLASH_ESCAPES, which the session's sql_mode leaves out.
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
