package io.travaso.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.testing.Engine;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names for tables and columns, the plain ones first; none twice. */
final class Names {
  private static final int MAX_BYTES = 63;

  /**
   * Words of SQL and of fixtures, punctuation of SQL, of JSON, of printf and of JDBC, names that
   * the merge itself uses, and lengths at the limit.
   */
  private static final List<String> ODD =
      List.of(
          "order",
          "select",
          "Weird \"Tab'le; drop",
          "a.b",
          "$1",
          "UPPER",
          "two words",
          "è€😀",
          "?",
          ":x",
          "%s",
          "\\N",
          "\\",
          "{fn now()}",
          "x".repeat(63),
          "è".repeat(31),
          "model",
          "pk",
          "fields",
          "$json",
          "s",
          "t",
          "d",
          "x",
          "k0",
          "w0",
          "w1",
          "r0_0",
          "kind",
          "digest",
          "public",
          "travaso_staged_0",
          "travaso_diff_0",
          "a\nb",
          "a\tb",
          "'",
          "\"",
          "--",
          "/*",
          "id_id",
          "_id",
          "auth_user",
          "null",
          "true",
          ".",
          " ",
          "user",
          "written0",
          "e",
          "ROW",
          "0");

  private final Set<String> taken = new HashSet<>();
  private final Engine engine;

  Names(Engine engine) {
    this.engine = engine;
  }

  /** A name that is new: a plain one with a number or, for one choice in three, an odd one. */
  String next(String plain, int choice) {
    String name = choice % 3 == 2 ? ODD.get(choice / 3 % ODD.size()) : plain + taken.size();
    if (engine == Engine.MARIADB) {
      name = possibleOnMariaDb(name);
    }
    // Columns are the same there in capitals.
    while (!taken.add(engine == Engine.MARIADB ? name.toLowerCase(Locale.ROOT) : name)) {
      String end = "_" + taken.size();
      name = cut(name, MAX_BYTES - end.length()) + end;
    }
    return name;
  }

  /**
   * Without what is no part of a name there, a space at either end (at the beginning it would go
   * from every alias), and what the tool's own tables begin with.
   */
  private static String possibleOnMariaDb(String name) {
    return name.replaceAll("[^\\x{1}-\\x{ffff}]", "")
        .replaceFirst("^ | $", "_")
        .replace("travaso_", "x_");
  }

  private static String cut(String name, int bytes) {
    String cut = name;
    while (cut.getBytes(UTF_8).length > bytes) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
