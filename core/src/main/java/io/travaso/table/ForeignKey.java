package io.travaso.table;

import java.util.List;

/**
 * A foreign key: {@code columns} of {@code table} reference {@code targetColumns} of {@code
 * target}, pairwise.
 *
 * @param acts whether the database itself changes or deletes the referencing rows when the
 *     referenced row goes or its key changes: CASCADE, SET NULL or SET DEFAULT
 */
public record ForeignKey(
    String name,
    TableId table,
    List<String> columns,
    TableId target,
    List<String> targetColumns,
    boolean acts) {

  /** Whether it is one column referencing one column. */
  public boolean isSimple() {
    return columns.size() == 1;
  }

  @Override
  public String toString() {
    return table + "(" + String.join(", ", columns) + ") → " + target;
  }
}
