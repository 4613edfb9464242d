package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.GenericReference.Model;
import io.travaso.table.GenericReference.Target;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Generic relations on their way out, over the table {@code t}. */
final class PostgresGenericExport {
  private final SyncTable table;
  private final Field field;
  private final GenericReference generic;
  private final String alias;

  PostgresGenericExport(SyncTable table, Field field, String alias) {
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
                    relation(generic.contentTypes().naturalKey().table()),
                    alias,
                    quote(generic.contentTypes().targetColumn().name()),
                    quote(generic.contentType().name())));
    for (int j = 0; j < generic.targets().size(); j++) {
      Target target = generic.targets().get(j);
      joins.append(
          " LEFT JOIN %1$s AS %2$s ON %3$s AND %2$s.id0::text = %4$s::text"
              .formatted(
                  PostgresNatural.rows(target.naturalKey(), List.of(target.id())),
                  alias + "_" + j,
                  isModel(target.model()),
                  object()));
    }
    return joins.toString();
  }

  /** The key as it is, or the list of what the row is recognised by. */
  String value() {
    StringBuilder value = new StringBuilder("CASE WHEN " + object() + " IS NULL THEN NULL");
    for (int j = 0; j < generic.targets().size(); j++) {
      String row = alias + "_" + j;
      List<Column> columns = generic.targets().get(j).naturalKey().columns();
      value
          .append(" WHEN ")
          .append(isModel(generic.targets().get(j).model()))
          .append(" THEN ")
          .append(
              IntStream.range(0, columns.size())
                  .mapToObj(k -> PostgresLinks.value(columns.get(k), row + ".n" + k))
                  .collect(Collectors.joining(", ", "jsonb_build_array(", ")")));
    }
    boolean number = field.column().kind() == ValueKind.INTEGER;
    return value + " ELSE to_jsonb(" + object() + (number ? ")" : "::text)") + " END";
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
            ? "true"
            : "(%1$s.app_label, %1$s.model) NOT IN (%2$s)"
                .formatted(alias, String.join(", ", known));
    String words =
        "concat(%1$s, ' ', %2$s, %3$s, %4$s.app_label, '.', %4$s.model, ' ', %5$s, CASE WHEN %6$s THEN %7$s ELSE %8$s END)"
            .formatted(
                literal(table.label()),
                PostgresRows.keyText(
                    table.match().stream().map(c -> "t." + quote(c.name())).toList()),
                literal(": " + field.column().name() + " refers to "),
                alias,
                object(),
                stranger,
                literal(
                    ", whose table is neither in tables nor recognised by a unique key in references"),
                literal(", which does not exist"));
    return "SELECT %s FROM %s AS t%s WHERE %s IS NOT NULL AND %s.app_label IS NOT NULL AND (%s%s) LIMIT %d"
        .formatted(
            words,
            relation(table.table()),
            join(),
            object(),
            alias,
            stranger,
            gone.stream().map(g -> " OR " + g).collect(Collectors.joining()),
            limit);
  }
}
