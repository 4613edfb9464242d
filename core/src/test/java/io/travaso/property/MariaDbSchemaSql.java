package io.travaso.property;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In MariaDB's words. A numbered column that is the first of its table's key counts by itself,
 * another gets its numbers from a sequence.
 */
final class MariaDbSchemaSql implements SchemaSql {
  private static final String STRICT =
      "SET sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';\n";

  static String name(RandomTable table) {
    return quote(table.name);
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Whether the column counts by itself. */
  static boolean counts(RandomTable table, Column column) {
    return column.hasSequence() && column.equals(table.key.get(0));
  }

  /** The sequence of a column that does not count by itself. */
  static String sequence(RandomTable table, Column column) {
    return quote("numbers of " + table.columns.indexOf(column) + " of " + table.name.hashCode());
  }

  private static boolean hasOwnSequence(RandomTable table, Column column) {
    return column.hasSequence() && !counts(table, column);
  }

  @Override
  public String tables(List<RandomTable> tables) {
    return STRICT + tables.stream().map(MariaDbSchemaSql::table).collect(joining("\n"));
  }

  private static String table(RandomTable table) {
    StringBuilder sql = new StringBuilder();
    List<String> parts = new ArrayList<>();
    for (Column column : table.columns) {
      if (hasOwnSequence(table, column)) {
        sql.append("CREATE SEQUENCE %s;\n".formatted(sequence(table, column)));
      }
      parts.add(quote(column.name()) + " " + definition(table, column));
    }
    parts.add("PRIMARY KEY " + list(table.key));
    table.uniques.forEach(unique -> parts.add("UNIQUE " + list(unique.columns())));
    sql.append("CREATE TABLE %s (\n  %s);\n".formatted(name(table), String.join(",\n  ", parts)));
    for (Column column : table.columns) {
      if (column.kind() == Column.Kind.DROPPED) {
        sql.append("ALTER TABLE %s DROP COLUMN %s;\n".formatted(name(table), quote(column.name())));
      }
    }
    return sql.toString();
  }

  private static String definition(RandomTable table, Column column) {
    String type = column.type().sql();
    if (column.kind() == Column.Kind.GENERATED) {
      return "%s GENERATED ALWAYS AS (%s) %s"
          .formatted(type, computed(table), column.offset() % 2 == 0 ? "STORED" : "VIRTUAL");
    }
    String definition = type + (column.nullable() ? " NULL" : " NOT NULL");
    if (counts(table, column)) {
      return definition + " AUTO_INCREMENT";
    }
    if (column.hasSequence()) {
      return definition + " DEFAULT NEXTVAL(" + sequence(table, column) + ")";
    }
    return column.kind() == Column.Kind.DEFAULT
        ? definition + " DEFAULT (" + literal(column, column.type().value(0, 0)) + ")"
        : definition;
  }

  /** Of the first column of a plain type; never of one that a foreign key may change. */
  private static String computed(RandomTable table) {
    return table.columns.stream()
        .filter(c -> c.isWritten() && c.link() == null && !counts(table, c))
        .filter(c -> c.type().canBeNumbered())
        .findFirst()
        .map(c -> "UPPER(CONCAT('è', COALESCE(" + quote(c.name()) + ", 'none')))")
        .orElse("'constant'");
  }

  @Override
  public String foreignKeys(List<RandomTable> tables) {
    StringBuilder sql = new StringBuilder();
    for (RandomTable table : tables) {
      for (Link link : table.links) {
        // Named, for MariaDB cuts the names it makes itself: those of a long table's are then all
        // one.
        sql.append(
            "ALTER TABLE %s ADD CONSTRAINT `link %d of %d` FOREIGN KEY %s REFERENCES %s %s%s;\n"
                .formatted(
                    name(table),
                    table.links.indexOf(link),
                    tables.indexOf(table),
                    list(link.columns),
                    name(link.to),
                    list(link.target),
                    link.rule));
      }
    }
    // So that it is a statement also where there are none.
    return sql + "DO 0;\n";
  }

  @Override
  public String sequences(List<RandomTable> tables) {
    StringBuilder sql = new StringBuilder("DO 0;\n");
    for (RandomTable table : tables) {
      for (Column column : table.columns) {
        if (hasOwnSequence(table, column)) {
          sql.append(
              """
              SET @highest = (SELECT GREATEST(COALESCE(MAX(%s), 1), 1) FROM %s);
              EXECUTE IMMEDIATE CONCAT('SELECT SETVAL(%s, ', @highest, ')');
              """
                  .formatted(quote(column.name()), name(table), sequence(table, column)));
        }
      }
    }
    return sql.toString();
  }

  @Override
  public String rows(List<RandomTable> tables, Rows rows, Side side) {
    return STRICT + tables.stream().map(t -> inserts(t, rows.of(t, side))).collect(joining());
  }

  private static String inserts(RandomTable table, List<List<@Nullable String>> rows) {
    List<Column> written = table.written();
    StringBuilder sql = new StringBuilder();
    for (List<@Nullable String> row : rows) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < written.size(); i++) {
        values.add(literal(written.get(i), row.get(i)));
      }
      sql.append(
          "INSERT INTO %s %s VALUES (%s);\n"
              .formatted(name(table), list(written), String.join(", ", values)));
    }
    return sql.toString();
  }

  private static String literal(Column column, @Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    String form = column.type().form();
    return form == null
        ? "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
        : form.formatted(value);
  }

  private static String list(List<Column> columns) {
    return columns.stream().map(c -> quote(c.name())).collect(joining(", ", "(", ")"));
  }
}
