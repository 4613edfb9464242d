package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.equal;
import static io.travaso.database.mariadb.MariaDbRows.isNotNull;

import io.travaso.table.Column;
import io.travaso.table.NaturalKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of a table with their natural keys, as a relation with the columns id0…, n0…. */
final class MariaDbNatural {
  /** Joins by hash where no index tells the rows apart; nested loops would never end. */
  private static final String BY_HASH =
      "SET STATEMENT join_cache_level = 4, join_buffer_size = 67108864, join_buffer_space_limit ="
          + " 268435456 FOR ";

  private final List<String> values = new ArrayList<>();
  private final StringBuilder from = new StringBuilder();
  private int aliases;

  private MariaDbNatural() {}

  /** What stands before a statement that looks rows up by a natural key. */
  static String hint(NaturalKey key) {
    return key.isGuaranteed() ? "" : BY_HASH;
  }

  /** The relation, in parentheses; {@code ids} are columns of the key's table. */
  static String rows(NaturalKey key, List<Column> ids) {
    MariaDbNatural natural = new MariaDbNatural();
    natural.from.append(quote(key.table().id())).append(" AS q0");
    natural.add(key, "q0", false);
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      selected.add("q0." + quote(ids.get(i).name()) + " AS id" + i);
    }
    for (int k = 0; k < natural.values.size(); k++) {
      selected.add(natural.values.get(k) + " AS n" + k);
    }
    return "(SELECT " + String.join(", ", selected) + " FROM " + natural.from + ")";
  }

  private void add(NaturalKey key, String alias, boolean optional) {
    for (NaturalKey.Part part : key.parts()) {
      String value = alias + "." + quote(part.column().name());
      if (part instanceof NaturalKey.Through through) {
        String next = "q" + ++aliases;
        String id = next + "." + quote(through.targetColumn().name());
        // An inner join may begin with the referenced row, which is found by its own key.
        boolean nullable = optional || part.column().nullable();
        from.append(nullable ? " LEFT JOIN " : " JOIN ")
            .append(quote(through.target().table().id()))
            .append(" AS ")
            .append(next)
            .append(" ON ")
            .append(equal(through.targetColumn(), id, value));
        add(through.target(), next, nullable);
      } else {
        values.add(value);
      }
    }
  }

  /** Whether two natural keys are the same; NULL is the same as NULL. */
  static String same(NaturalKey key, IntFunction<String> left, IntFunction<String> right) {
    List<NaturalKey.Element> elements = key.elements();
    return IntStream.range(0, elements.size())
        .mapToObj(
            k ->
                elements.get(k).nullable()
                    ? left.apply(k) + " <=> " + right.apply(k)
                    : equal(elements.get(k).column(), left.apply(k), right.apply(k)))
        .collect(Collectors.joining(" AND "));
  }

  /** Whether any value is there: a list of nothing but NULL is no reference. */
  static String present(NaturalKey key, IntFunction<String> value) {
    List<NaturalKey.Element> elements = key.elements();
    for (int k = 0; k < elements.size(); k++) {
      if (!elements.get(k).nullable()) {
        return "(" + isNotNull(value.apply(k)) + ")";
      }
    }
    return IntStream.range(0, elements.size())
        .mapToObj(k -> isNotNull(value.apply(k)))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
