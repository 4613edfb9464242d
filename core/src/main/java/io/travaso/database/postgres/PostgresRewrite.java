package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;

import io.travaso.table.ColumnRule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Texts whose beginning belongs to an environment: a path, an address. */
final class PostgresRewrite {
  private PostgresRewrite() {}

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
          " WHEN %s THEN %s || substr(%s::text, %d)"
              .formatted(
                  begins(value, prefix),
                  literal(own),
                  value,
                  prefix.codePointCount(0, prefix.length()) + 1));
    }
    return rewritten + " ELSE " + value + "::text END";
  }

  /** A prefix that ends with a name ends where that ends: {@code /mnt/a} is not in /mnt/ab. */
  private static String begins(String value, String prefix) {
    String begins = "starts_with(%s::text, %s)".formatted(value, literal(prefix));
    boolean isWhole = !Character.isLetterOrDigit(prefix.codePointBefore(prefix.length()));
    return isWhole
        ? begins
        : "%s AND substr(%s::text, %d, 1) !~ '[[:alnum:]_.-]'"
            .formatted(begins, value, prefix.codePointCount(0, prefix.length()) + 1);
  }
}
