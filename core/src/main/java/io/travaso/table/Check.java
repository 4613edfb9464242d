package io.travaso.table;

import java.util.Set;

/**
 * What a row of a table has to be, on its own: a CHECK constraint, or that some partition takes it.
 *
 * @param name the constraint's; empty where it is about partitions
 * @param expression over the table's columns, in SQL; a row is refused where it is false
 * @param columns the columns it looks at
 */
public record Check(String name, String expression, Set<String> columns) {

  public Check {
    columns = Set.copyOf(columns);
  }
}
