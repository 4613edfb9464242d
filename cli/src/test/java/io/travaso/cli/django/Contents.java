package io.travaso.cli.django;

import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every row of every table as text. What each installation numbers as it likes stands by its name:
 * users, content types and, for links, nothing.
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

  private Contents() {}

  /** All tables but users and Django's own, without what Django is known to lose. */
  static Map<String, List<String>> of(TestDatabase database, Loss... losses) {
    Map<String, List<String>> contents = new TreeMap<>();
    for (String table : database.rows(TABLES)) {
      List<String> values = new ArrayList<>();
      for (String column : database.rows(COLUMNS.formatted(table))) {
        String[] parts = column.split("\\|", -1);
        if (parts[3].equals("f")) {
          values.add(value(parts[0], parts[1], parts[2], losses));
        }
      }
      contents.put(
          table,
          database.rows(
              "SELECT row(%s)::text COLLATE \"C\" FROM %s t ORDER BY 1"
                  .formatted(String.join(", ", values), table)));
    }
    return contents;
  }

  private static String value(String column, String type, String references, Loss... losses) {
    String value = "t." + column;
    if (references.equals("auth_user")) {
      return "(SELECT username FROM auth_user WHERE id = %s)".formatted(value);
    }
    if (references.equals("django_content_type")) {
      return "(SELECT app_label || '.' || model FROM django_content_type WHERE id = %s)"
          .formatted(value);
    }
    for (Loss loss : losses) {
      value = loss.from(type, value);
    }
    return value + "::text";
  }
}
