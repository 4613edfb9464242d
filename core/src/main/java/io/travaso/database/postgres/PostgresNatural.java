package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.equal;

import io.travaso.table.Column;
import io.travaso.table.NaturalKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of a table with their natural keys, as a relation with the columns id0…, n0…. */
final class PostgresNatural {
  private final List<String> values = new ArrayList<>();
  private final StringBuilder from = new StringBuilder();
  private int aliases;

  private PostgresNatural() {}

  /** The relation, in parentheses; {@code ids} are columns of the key's table. */
  static String rows(NaturalKey key, List<Column> ids) {
    PostgresNatural natural = new PostgresNatural();
    natural.from.append(relation(key.table())).append(" AS q0");
    natural.add(key, "q0");
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      selected.add("q0." + quote(ids.get(i).name()) + " AS id" + i);
    }
    for (int k = 0; k < natural.values.size(); k++) {
      selected.add(natural.values.get(k) + " AS n" + k);
    }
    return "(SELECT " + String.join(", ", selected) + " FROM " + natural.from + ")";
  }

  private void add(NaturalKey key, String alias) {
    for (NaturalKey.Part part : key.parts()) {
      String value = alias + "." + quote(part.column().name());
      if (part instanceof NaturalKey.Through through) {
        String next = "q" + ++aliases;
        String id = next + "." + quote(through.targetColumn().name());
        from.append(" LEFT JOIN ")
            .append(relation(through.target().table()))
            .append(" AS ")
            .append(next)
            .append(" ON ")
            .append(equal(through.targetColumn(), id, value));
        add(through.target(), next);
      } else {
        values.add(value);
      }
    }
  }

  /** Whether two natural keys are the same; NULL is the same as NULL. */
  static String same(NaturalKey key, IntFunction<String> left, IntFunction<String> right) {
    List<NaturalKey.Element> elements = key.elements();
    return IntStream.range(0, elements.size())
        .mapToObj(k -> same(elements.get(k), left.apply(k), right.apply(k)))
        .collect(Collectors.joining(" AND "));
  }

  /** IS NOT DISTINCT FROM would say it too, but not find rows by a hash. */
  private static String same(NaturalKey.Element element, String left, String right) {
    Column column = element.column();
    if (!element.nullable()) {
      return equal(column, left, right);
    }
    if (column.exactEquality()) {
      return "coalesce(%1$s::text, '') COLLATE \"C\" = coalesce(%2$s::text, '') COLLATE \"C\" AND (%1$s IS NULL) = (%2$s IS NULL)"
          .formatted(left, right);
    }
    return "(" + equal(column, left, right) + " OR " + left + " IS NULL AND " + right + " IS NULL)";
  }

  /** Whether any value is there: a list of nothing but NULL is no reference. */
  static String present(NaturalKey key, IntFunction<String> value) {
    List<NaturalKey.Element> elements = key.elements();
    for (int k = 0; k < elements.size(); k++) {
      if (!elements.get(k).nullable()) {
        return "(" + value.apply(k) + " IS NOT NULL)";
      }
    }
    return IntStream.range(0, elements.size())
        .mapToObj(k -> value.apply(k) + " IS NOT NULL")
        .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
