package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;

import io.travaso.table.ColumnRule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Texts whose beginning belongs to an environment: a path, an address. */
final class MariaDbRewrite {
  private MariaDbRewrite() {}

  /** A text as the target has it: what begins as another environment's begins as its own. */
  static String of(ColumnRule.Rewrite rule, String value, String target) {
    String own = rule.prefixes().get(target);
    List<String> others =
        rule.prefixes().entrySet().stream()
            .filter(e -> !e.getKey().equals(target))
            .map(Map.Entry::getValue)
            .filter(prefix -> !prefix.equals(own))
            // Of two that fit, the longer one is meant.
            .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(p -> p))
            .distinct()
            .toList();
    if (own == null || others.isEmpty()) {
      return value;
    }
    StringBuilder rewritten = new StringBuilder("CASE");
    for (String prefix : others) {
      rewritten.append(
          " WHEN %s THEN CONCAT(%s, SUBSTR(%s, %d))"
              .formatted(begins(value, prefix), literal(own), value, length(prefix) + 1));
    }
    return rewritten + " ELSE " + value + " END";
  }

  /** A prefix that ends with a name ends where that ends: {@code /mnt/a} is not in /mnt/ab. */
  private static String begins(String value, String prefix) {
    // By its bytes: a collation would take /MNT for it.
    String begins =
        "BINARY CONVERT(LEFT(%s, %d) USING utf8mb4) = BINARY %s"
            .formatted(value, length(prefix), literal(prefix));
    boolean isWhole = !Character.isLetterOrDigit(prefix.codePointBefore(prefix.length()));
    return isWhole
        ? begins
        : "%s AND SUBSTR(%s, %d, 1) NOT REGEXP '[[:alnum:]_.-]'"
            .formatted(begins, value, length(prefix) + 1);
  }

  private static int length(String prefix) {
    return prefix.codePointCount(0, prefix.length());
  }
}
