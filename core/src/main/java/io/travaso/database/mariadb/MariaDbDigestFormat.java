package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The word about how digests of a table's rows are made. */
final class MariaDbDigestFormat {
  private static final String VERSION = "mariadb 1";

  private MariaDbDigestFormat() {}

  static String of(Handle session, SyncTable table) {
    List<Column> columns = new ArrayList<>(table.match());
    columns.addAll(MariaDbRows.compared(table));
    List<String> asked = new ArrayList<>();
    asked.add("'" + VERSION + "'");
    // What texts of a column are made of; how they are compared concerns keys alone.
    columns.stream()
        .filter(Column::textual)
        .forEach(c -> asked.add("CHARSET(" + MariaDbRows.targetValue(c) + ")"));
    asked.add(
        MariaDbDigests.rowHex(
            columns.stream().filter(c -> !sample(c).isEmpty()).toList(),
            MariaDbDigestFormat::sample));
    String made =
        session
            .createQuery(
                "SELECT CONCAT_WS(' ', %s) FROM (SELECT 1 AS one) AS o LEFT JOIN %s AS t ON FALSE"
                    .formatted(String.join(", ", asked), quote(table.id())))
            .mapTo(String.class)
            .one();
    Optional<String> weights =
        MariaDbEntries.weights(table)
            .map(query -> session.createQuery(query).mapTo(String.class).one());
    return made
        + " "
        + weights.orElse("-")
        + " "
        + words(table.match())
        + "; "
        + words(MariaDbRows.compared(table));
  }

  private static String words(List<Column> columns) {
    return columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
  }

  /** A value that a server might write otherwise; empty for types whose values are their bytes. */
  private static String sample(Column column) {
    String type = column.type().replaceFirst("[^a-z0-9].*", "");
    if (column.kind() == ValueKind.FLOAT) {
      return "0.1e0 / 3";
    }
    return switch (type) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> "-7";
      case "decimal" -> "CAST(-0.5 AS DECIMAL(20, 10))";
      case "date" -> "DATE '2001-02-03'";
      case "time" -> "TIME '-01:02:03.4'";
      case "datetime", "timestamp" -> "TIMESTAMP '2001-02-03 04:05:06.789'";
      case "uuid" -> "CAST('123e4567-e89b-42d3-a456-426614174000' AS UUID)";
      case "inet4" -> "CAST('127.0.0.1' AS INET4)";
      case "inet6" -> "CAST('::ffff:1.2.3.4' AS INET6)";
      case "char", "varchar", "text" -> "'a'";
      default -> "";
    };
  }
}
