package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.GenericReference.Model;
import io.travaso.table.GenericReference.Target;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Generic relations on their way out, over the table {@code t}. */
final class MariaDbGenericExport {
  private final SyncTable table;
  private final Field field;
  private final GenericReference generic;
  private final String alias;

  MariaDbGenericExport(SyncTable table, Field field, String alias) {
    this.table = table;
    this.field = field;
    this.generic = Objects.requireNonNull(field.generic());
    this.alias = alias;
  }

  private String object() {
    return "t." + quote(field.column().name());
  }

  private String isModel(Model model) {
    return "%1$s.app_label = %2$s AND %1$s.model = %3$s"
        .formatted(alias, literal(model.appLabel()), literal(model.name()));
  }

  String join() {
    StringBuilder joins =
        new StringBuilder(
            " LEFT JOIN %1$s AS %2$s ON %2$s.%3$s = t.%4$s"
                .formatted(
                    quote(generic.contentTypes().naturalKey().table().id()),
                    alias,
                    quote(generic.contentTypes().targetColumn().name()),
                    quote(generic.contentType().name())));
    for (int j = 0; j < generic.targets().size(); j++) {
      Target target = generic.targets().get(j);
      String row = alias + "_" + j;
      joins.append(
          " LEFT JOIN %1$s AS %2$s ON %3$s AND %4$s"
              .formatted(
                  MariaDbNatural.rows(target.naturalKey(), List.of(target.id())),
                  row,
                  isModel(target.model()),
                  MariaDbGeneric.isSame(target.id(), row + ".id0", field.column(), object())));
    }
    return joins.toString();
  }

  /** The key as it is, or the list of what the row is recognised by, as JSON. */
  String value() {
    StringBuilder value = new StringBuilder("CASE WHEN " + object() + " IS NULL THEN NULL");
    for (int j = 0; j < generic.targets().size(); j++) {
      String row = alias + "_" + j;
      Target target = generic.targets().get(j);
      value
          .append(" WHEN ")
          .append(isModel(target.model()))
          .append(" THEN ")
          .append(MariaDbJson.list(target.naturalKey().columns(), k -> row + ".n" + k));
    }
    return value + " ELSE " + MariaDbJson.value(field.column(), object()) + " END";
  }

  /**
   * What can't be carried, in words: rows of models nobody decided about, and rows that are gone.
   */
  String uncarried(int limit) {
    List<String> known = new ArrayList<>();
    Stream.concat(generic.byKey().stream(), generic.targets().stream().map(Target::model))
        .forEach(m -> known.add("(" + literal(m.appLabel()) + ", " + literal(m.name()) + ")"));
    List<String> gone =
        IntStream.range(0, generic.targets().size())
            .mapToObj(
                j ->
                    isModel(generic.targets().get(j).model())
                        + " AND "
                        + alias
                        + "_"
                        + j
                        + ".id0 IS NULL")
            .toList();
    String stranger =
        known.isEmpty()
            ? "TRUE"
            : "(%1$s.app_label, %1$s.model) NOT IN (%2$s)"
                .formatted(alias, String.join(", ", known));
    String words =
        "CONCAT(%1$s, ' ', %2$s, %3$s, %4$s.app_label, '.', %4$s.model, ' ', %5$s, CASE WHEN %6$s THEN %7$s ELSE %8$s END)"
            .formatted(
                literal(table.label()),
                MariaDbRows.keyText(MariaDbRows.targetValues(table.match())),
                literal(": " + field.column().name() + " refers to "),
                alias,
                MariaDbJson.coercible(object()),
                stranger,
                literal(
                    ", whose table is neither in tables nor recognised by a unique key in"
                        + " references"),
                literal(", which does not exist"));
    return "SELECT %s FROM %s AS t%s WHERE %s IS NOT NULL AND %s.app_label IS NOT NULL AND (%s%s) LIMIT %d"
        .formatted(
            words,
            quote(table.table().id()),
            join(),
            object(),
            alias,
            stranger,
            gone.stream().map(g -> " OR " + g).collect(Collectors.joining()),
            limit);
  }
}
