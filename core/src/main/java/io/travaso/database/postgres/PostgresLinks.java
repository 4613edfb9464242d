package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.staged;

import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Links;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many-to-many links as lists: made of a join table's rows, and made into them. */
final class PostgresLinks {
  private PostgresLinks() {}

  /** Joins the lists, one a row that has links, in the order of what they lead to. */
  static String join(Links links, String alias, String ownerValue) {
    String owner = quote(links.owner().column().name());
    String other = "j." + quote(links.other().column().name());
    Reference reference = links.other().reference();
    String element;
    String order;
    String from = relation(links.table().table()) + " AS j";
    if (reference == null) {
      element = value(links.other().column(), other);
      order = ordered(links.other().column(), other);
    } else {
      List<Column> columns = reference.match();
      element =
          IntStream.range(0, columns.size())
              .mapToObj(k -> value(columns.get(k), "f.n" + k))
              .collect(Collectors.joining(", ", "jsonb_build_array(", ")"));
      order =
          IntStream.range(0, columns.size())
              .mapToObj(k -> ordered(columns.get(k), "f.n" + k))
              .collect(Collectors.joining(", "));
      from +=
          " JOIN "
              + PostgresNatural.rows(reference.naturalKey(), List.of(reference.targetColumn()))
              + " AS f ON "
              + PostgresRows.equal(reference.targetColumn(), "f.id0", other);
    }
    return " LEFT JOIN (SELECT j.%1$s AS owner, jsonb_agg(%2$s ORDER BY %3$s) AS links FROM %4$s GROUP BY j.%1$s) AS %5$s ON %6$s"
        .formatted(
            owner,
            element,
            order,
            from,
            alias,
            PostgresRows.equal(links.owner().column(), alias + ".owner", ownerValue));
  }

  static String value(Column column, String expression) {
    boolean plain = column.kind() == ValueKind.INTEGER || column.kind() == ValueKind.BOOLEAN;
    return "to_jsonb(" + expression + (plain ? ")" : "::text)");
  }

  private static String ordered(Column column, String expression) {
    return expression + (column.textual() ? " COLLATE \"C\"" : "");
  }

  /**
   * The loaded rows of a table whose list of links is none: no list, or an entry that is not what
   * recognises a row.
   */
  static String malformed(SyncTable table, int list, String raw, int limit) {
    Links links = table.links().get(list);
    String value = "s." + SyncTable.linksName(list);
    Reference reference = links.other().reference();
    String wrong =
        reference == null
            ? "jsonb_typeof(e) IN ('null', 'array', 'object')"
            : "CASE jsonb_typeof(e) WHEN 'array' THEN jsonb_array_length(e) <> %d ELSE true END"
                .formatted(reference.match().size());
    return "SELECT %s FROM %s WHERE CASE WHEN jsonb_typeof(%s) = 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(%s) AS e WHERE %s) ELSE true END LIMIT %d"
        .formatted(PostgresRows.stagedKeyText(table), staged(raw), value, value, wrong, limit);
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
    return "INSERT INTO pg_temp.%s (%s) SELECT %s FROM %s, jsonb_array_elements(s.%s) AS e"
        .formatted(
            quote(raw),
            String.join(", ", columns),
            String.join(", ", values),
            staged(ownerRaw),
            SyncTable.linksName(list));
  }

  private static List<String> ownerValues(SyncTable owner, Links links) {
    return links.owner().reference() == null
        ? List.of("s." + SyncTable.stagingName(0))
        : PostgresRows.naturalKey(owner);
  }

  private static List<String> elementValues(Links links) {
    Reference reference = links.other().reference();
    if (reference == null) {
      return List.of("(e #>> '{}')::" + links.other().column().type());
    }
    List<Column> columns = reference.match();
    return IntStream.range(0, columns.size())
        .mapToObj(k -> "(e ->> " + k + ")::" + columns.get(k).type())
        .toList();
  }
}
