package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every row of every table as text. A row that each installation numbers as it likes stands by its
 * name: users, content types, and what a test says. Links have none.
 */
final class Contents {
  private static final String TABLES =
      """
      SELECT c.oid::regclass FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND c.relname <> 'auth_user' AND c.relname NOT LIKE 'django%'
      ORDER BY 1
      """;

  /** Name, type, table it references, and whether it is the number of a link. */
  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname), t.typname,
        coalesce((SELECT f.confrelid::regclass::text FROM pg_constraint f
          WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]), ''),
        a.attname = 'id' AND NOT EXISTS (SELECT FROM pg_attribute o
          WHERE o.attrelid = a.attrelid AND o.attnum > 0 AND o.attname <> 'id'
            AND NOT EXISTS (SELECT FROM pg_constraint f
              WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[o.attnum]))
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  private static final Map<String, String> NAMES =
      Map.of("auth_user", "username", "django_content_type", "app_label || '.' || model");

  private final Map<String, List<String>> rows;

  private Contents(Map<String, List<String>> rows) {
    this.rows = rows;
  }

  /** All tables but users and Django's own, without what Django is known to lose. */
  static Contents of(TestDatabase database, Loss... losses) {
    return named(Map.of(), database, losses);
  }

  /**
   * The same, with further rows that are told by their name.
   *
   * @param names an expression of each table
   */
  static Contents named(Map<String, String> names, TestDatabase database, Loss... losses) {
    Map<String, String> all = new HashMap<>(NAMES);
    all.putAll(names);
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : database.rows(TABLES)) {
      List<String> values = new ArrayList<>();
      for (String line : database.rows(COLUMNS.formatted(table))) {
        String[] column = line.split("\\|", -1);
        boolean number =
            column[3].equals("t") || (column[0].equals("id") && all.containsKey(table));
        if (!number) {
          values.add(value(column[0], column[1], column[2], all, losses));
        }
      }
      rows.put(
          table,
          database.rows(
              "SELECT row(%s)::text COLLATE \"C\" FROM %s t ORDER BY 1"
                  .formatted(String.join(", ", values), table)));
    }
    return new Contents(rows);
  }

  private static String value(
      String column, String type, String references, Map<String, String> names, Loss... losses) {
    String name = names.get(references);
    if (name != null) {
      return "(SELECT %s FROM %s r WHERE r.id = t.%s)".formatted(name, references, column);
    }
    String value = "t." + column;
    for (Loss loss : losses) {
      value = loss.from(type, value);
    }
    return value + "::text";
  }

  /** The same with nothing in a table, which Django can't carry. */
  Contents withoutRows(String table) {
    Map<String, List<String>> others = new TreeMap<>(rows);
    assertThat(others.put(table, List.of())).as(table).isNotEmpty();
    return new Contents(others);
  }

  /** The tables, and in each of them the rows, are the same. */
  void isAs(Contents expected) {
    assertThat(rows.keySet()).isEqualTo(expected.rows.keySet());
    List<String> differences = new ArrayList<>();
    rows.forEach(
        (table, actual) -> {
          List<String> wanted = expected.rows.getOrDefault(table, List.of());
          differences.addAll(without(table + " has ", actual, wanted));
          differences.addAll(without(table + " lacks ", wanted, actual));
        });
    assertThat(differences).isEmpty();
    // Also as many of each.
    assertThat(rows).isEqualTo(expected.rows);
  }

  private static List<String> without(String prefix, List<String> rows, List<String> others) {
    List<String> rest = new ArrayList<>(rows);
    rest.removeAll(others);
    return rest.stream().map(row -> prefix + row).toList();
  }

  /** The number of rows. */
  int size() {
    return rows.values().stream().mapToInt(List::size).sum();
  }
}
