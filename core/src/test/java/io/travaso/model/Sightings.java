package io.travaso.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who had seen what: of each value of a column, which values whoever wrote it had before him, or
 * whoever wrote those. It knows no base and no three ways. A sync that nobody told what to prefer
 * may replace a value only by one whose author knew it, and keep one against another only then.
 */
final class Sightings {
  private final Map<String, Set<String>> known = new HashMap<>();

  /** The last value of each column that a side had, whether the row is there or not. */
  private final Map<Boolean, Rows> last = Map.of(true, Rows.none(), false, Rows.none());

  /** The rows of a side as they are now, changed by a tool: nobody wrote anything. */
  void is(boolean prods, Rows rows) {
    rows.of().forEach((entity, now) -> last(prods).get(entity).putAll(now));
  }

  /** The rows of a side as its users left them. */
  void wrote(boolean prods, Rows rows) {
    cells(last(prods), rows, this::learns);
    is(prods, rows);
  }

  private Rows last(boolean prods) {
    return Objects.requireNonNull(last.get(prods));
  }

  /**
   * A sync was done.
   *
   * @param told whether somebody said which side is to be preferred
   */
  void synced(Rows source, Rows before, Rows after, boolean told) {
    cells(
        before,
        after,
        (cell, old, now) -> {
          if (told) {
            learns(cell, old, now);
          }
          requireKnown(cell, old, now, "is replaced in the target");
        });
    cells(
        source,
        after,
        (cell, theirs, now) -> {
          if (told) {
            learns(cell, theirs, now);
          }
          requireKnown(cell, theirs, now, "does not reach the target");
        });
  }

  private void requireKnown(String cell, String value, String now, String what) {
    assertThat(of(cell, now))
        .as("%s: %s %s, and who wrote %s did not know it", cell, value, what, now)
        .contains(value);
  }

  private void learns(String cell, String old, String now) {
    of(cell, now).addAll(of(cell, old));
    of(cell, now).add(old);
  }

  private Set<String> of(String cell, String value) {
    return known.computeIfAbsent(cell + " " + value, k -> new HashSet<>());
  }

  private interface Visitor {
    void visit(String cell, String one, String other);
  }

  /** All values of rows that both have and that are not the same. */
  private static void cells(Rows one, Rows other, Visitor visitor) {
    for (Entity entity : Entity.values()) {
      one.get(entity)
          .forEach(
              (key, row) -> {
                List<String> there = other.get(entity).get(key);
                for (int i = 0; there != null && i < row.size(); i++) {
                  if (!row.get(i).equals(there.get(i))) {
                    visitor.visit(entity + " " + key + " " + i, row.get(i), there.get(i));
                  }
                }
              });
    }
  }
}
