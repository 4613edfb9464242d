package io.travaso.table;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of two rows that conflict in all of its elements only one may stand: a unique constraint or
 * index, also partial or over expressions, or an exclusion constraint.
 *
 * @param unique whether rows conflict where they are equal; otherwise by operators of its own
 * @param predicate the rows it is about, in SQL; null where it is about all
 * @param columns the columns it looks at
 * @param deferrable whether it is checked no earlier than at the end of a statement, so that values
 *     may change places within one
 * @param nullsEqual whether one NULL conflicts with another
 */
public record Exclusion(
    String name,
    boolean unique,
    List<Element> elements,
    @Nullable String predicate,
    Set<String> columns,
    boolean deferrable,
    boolean nullsEqual) {

  /**
   * A value of the row, and when it conflicts with another's.
   *
   * @param expression in SQL, with its collation
   * @param column the column it is, if it is nothing more
   * @param operator in SQL, whatever the search path
   */
  public record Element(String expression, @Nullable String column, String operator) {}

  public Exclusion {
    elements = List.copyOf(elements);
    columns = Set.copyOf(columns);
  }

  /** Whether it is a plain unique key: whole columns of all rows. */
  public boolean isPlain() {
    return unique && predicate == null && elements.stream().allMatch(e -> e.column() != null);
  }
}
