package io.travaso.table;

import java.util.List;

/**
 * Many-to-many links that stand in the record of the row they belong to, as a list of what they
 * lead to.
 *
 * @param name the list's name in the fixture
 * @param table the join table
 * @param owner the join table's reference to the row that has the list
 * @param other its reference to what the list names
 */
public record Links(String name, SyncTable table, Field owner, Field other) {

  /** The list as a value in staging. */
  public Column column() {
    return new Column(
        name,
        "jsonb",
        ValueKind.JSON_DOCUMENT,
        false,
        "=",
        false,
        false,
        false,
        false,
        false,
        null);
  }

  /** The owner's column that the links reference. */
  public String ownerColumn() {
    return table.table().foreignKeys().stream()
        .filter(key -> key.columns().equals(List.of(owner.column().name())))
        .findFirst()
        .orElseThrow()
        .targetColumns()
        .get(0);
  }
}
