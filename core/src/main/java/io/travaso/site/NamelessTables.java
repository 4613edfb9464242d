package io.travaso.site;

import io.travaso.table.Catalog.Model;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pairs tables that don't have the name Django would give them with models that have no table of
 * that name. The catalog does not say which is whose, so only names that resemble each other more
 * than any other two are paired.
 */
final class NamelessTables {
  /** How much of the shorter name both must have in one piece. */
  private static final double ALIKE = 0.5;

  private NamelessTables() {}

  /** The models of tables, by the table's name; a table that resembles none is missing. */
  static Map<String, Model> pair(List<String> tables, List<Model> models) {
    Map<String, Model> pairs = new TreeMap<>();
    for (String table : tables) {
      nearest(table, models).ifPresent(model -> pairs.put(table, model));
    }
    Set<Model> wantedOnce =
        pairs.values().stream()
            .filter(model -> Collections.frequency(pairs.values(), model) == 1)
            .collect(Collectors.toSet());
    pairs.values().retainAll(wantedOnce);
    return pairs;
  }

  private static Optional<Model> nearest(String table, List<Model> models) {
    double best = models.stream().mapToDouble(m -> likeness(table, m.name())).max().orElse(0);
    List<Model> nearest =
        models.stream().filter(m -> likeness(table, m.name()) == best).limit(2).toList();
    return best >= ALIKE && nearest.size() == 1 ? Optional.of(nearest.get(0)) : Optional.empty();
  }

  private static double likeness(String table, String model) {
    String a = table.toLowerCase(Locale.ROOT).replace("_", "");
    String b = model.toLowerCase(Locale.ROOT).replace("_", "");
    int shorter = Math.min(a.length(), b.length());
    return shorter == 0 ? 0 : (double) longestCommon(a, b) / shorter;
  }

  private static int longestCommon(String a, String b) {
    int longest = 0;
    int[] last = new int[b.length() + 1];
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      for (int j = 1; j <= b.length(); j++) {
        row[j] = a.charAt(i - 1) == b.charAt(j - 1) ? last[j - 1] + 1 : 0;
        longest = Math.max(longest, row[j]);
      }
      last = row;
    }
    return longest;
  }
}
