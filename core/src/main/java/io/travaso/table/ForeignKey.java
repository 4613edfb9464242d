package io.travaso.table;

import java.util.List;

/**
 * A foreign key: {@code columns} of {@code table} reference {@code targetColumns} of {@code
 * target}, pairwise.
 */
public record ForeignKey(
    String name,
    TableId table,
    List<String> columns,
    TableId target,
    List<String> targetColumns,
    DeleteRule onDelete) {

  /** What the database does to the referencing rows when a referenced row is deleted. */
  public enum DeleteRule {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  /** Whether it is one column referencing one column. */
  public boolean isSimple() {
    return columns.size() == 1;
  }

  @Override
  public String toString() {
    return table + "(" + String.join(", ", columns) + ") → " + target;
  }
}
