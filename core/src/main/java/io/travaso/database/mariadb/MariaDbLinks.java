package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.staged;

import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Links;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many-to-many links as lists: made of a join table's rows, and made into them. */
final class MariaDbLinks {
  private MariaDbLinks() {}

  /**
   * Joins the lists, one a row that has links, in the order of what they lead to. Where {@code
   * group_concat_max_len} is too small for one, the server warns.
   */
  static String join(Links links, String alias, String ownerValue) {
    String owner = quote(links.owner().column().name());
    String other = "j." + quote(links.other().column().name());
    Reference reference = links.other().reference();
    String element;
    String order;
    String from = quote(links.table().table().id()) + " AS j";
    if (reference == null) {
      element = MariaDbJson.value(links.other().column(), other);
      order = MariaDbJson.ordered(links.other().column(), other);
    } else {
      List<Column> columns = reference.match();
      element = MariaDbJson.list(columns, k -> "f.n" + k);
      order =
          IntStream.range(0, columns.size())
              .mapToObj(k -> MariaDbJson.ordered(columns.get(k), "f.n" + k))
              .collect(Collectors.joining(", "));
      from +=
          " JOIN "
              + MariaDbNatural.rows(reference.naturalKey(), List.of(reference.targetColumn()))
              + " AS f ON "
              + MariaDbRows.equal(reference.targetColumn(), "f.id0", other);
    }
    return " LEFT JOIN (SELECT j.%1$s AS owner, CONCAT('[', GROUP_CONCAT(%2$s ORDER BY %3$s SEPARATOR ', '), ']') AS links FROM %4$s GROUP BY j.%1$s) AS %5$s ON %6$s"
        .formatted(
            owner,
            element,
            order,
            from,
            alias,
            MariaDbRows.equal(links.owner().column(), alias + ".owner", ownerValue));
  }

  /**
   * The loaded rows of a table whose list of links is none: no list, or an entry that is not what
   * recognises a row.
   */
  static String malformed(SyncTable table, int list, String raw, int limit) {
    Links links = table.links().get(list);
    String value = "s." + SyncTable.linksName(list);
    Reference reference = links.other().reference();
    String wrong;
    if (reference == null) {
      wrong =
          "JSON_TYPE(e.j) IN ('NULL', 'ARRAY', 'OBJECT') OR "
              + MariaDbJson.unfit(links.other().column(), "e.v0");
    } else {
      List<Column> columns = reference.match();
      wrong =
          "JSON_TYPE(e.j) <> 'ARRAY' OR JSON_LENGTH(e.j) <> %d%s"
              .formatted(
                  columns.size(),
                  IntStream.range(0, columns.size())
                      .mapToObj(k -> " OR " + MariaDbJson.unfit(columns.get(k), "e.v" + k))
                      .collect(Collectors.joining()));
    }
    return "SELECT %s FROM %s WHERE CASE WHEN JSON_TYPE(%s) = 'ARRAY' THEN EXISTS (SELECT 1 FROM %s WHERE %s) ELSE TRUE END LIMIT %d"
        .formatted(
            MariaDbRows.stagedKeyText(table),
            staged(raw),
            value,
            entries(links, value),
            wrong,
            limit);
  }

  /** A list's entries {@code e}: each whole as {@code j}, what recognises its row in {@code v}. */
  private static String entries(Links links, String list) {
    Reference reference = links.other().reference();
    String values =
        reference == null
            ? ", v0 LONGTEXT PATH '$'"
            : IntStream.range(0, reference.match().size())
                .mapToObj(k -> ", v%1$d LONGTEXT PATH '$[%1$d]'".formatted(k))
                .collect(Collectors.joining());
    return "JSON_TABLE(%s, '$[*]' COLUMNS (j JSON PATH '$'%s)) AS e".formatted(list, values);
  }

  /** Loads the rows of a join table from the lists in its owner's loaded rows. */
  static String expand(SyncTable owner, int list, String ownerRaw, String raw) {
    Links links = owner.links().get(list);
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int index = links.table().primaryKey().size();
    for (Field field : links.table().fields()) {
      List<String> given =
          field.equals(links.owner()) ? ownerValues(owner, links) : elementValues(links);
      Reference reference = field.reference();
      for (int k = 0; k < given.size(); k++) {
        columns.add(
            reference == null ? SyncTable.stagingName(index) : SyncTable.referenceName(index, k));
        values.add(given.get(k));
      }
      index++;
    }
    return "INSERT INTO %s (%s) SELECT %s FROM %s JOIN %s"
        .formatted(
            quote(raw),
            String.join(", ", columns),
            String.join(", ", values),
            staged(ownerRaw),
            entries(links, "s." + SyncTable.linksName(list)));
  }

  private static List<String> ownerValues(SyncTable owner, Links links) {
    return links.owner().reference() == null
        ? List.of("s." + SyncTable.stagingName(0))
        : MariaDbRows.naturalKey(owner).stream().map(MariaDbRows.Value::sql).toList();
  }

  private static List<String> elementValues(Links links) {
    Reference reference = links.other().reference();
    List<Column> columns = reference == null ? List.of(links.other().column()) : reference.match();
    return IntStream.range(0, columns.size())
        .mapToObj(k -> MariaDbJson.read(columns.get(k), "e.v" + k))
        .toList();
  }
}
