package io.travaso;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant when they mistyped a name. */
public final class NearestName {
  private NearestName() {}

  /**
   * The candidate with the fewest typing errors (a letter missing, added, wrong, or two swapped;
   * upper and lower case count the same), if there are few enough of them for the length of the
   * word: one in three letters. The first one wins among equals.
   */
  public static Optional<String> of(String word, Collection<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewest = Math.max(1, word.length() / 3) + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) >= fewest) {
        continue;
      }
      int errors = typingErrors(wanted, candidate.toLowerCase(Locale.ROOT));
      if (errors < fewest) {
        fewest = errors;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The optimal string alignment distance; three rows of its table are enough. */
  private static int typingErrors(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(last[j - 1] + wrong, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
