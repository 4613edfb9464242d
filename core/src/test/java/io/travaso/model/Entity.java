package io.travaso.model;

import java.util.List;

/** The tables of the set, parents first. */
enum Entity {
  TAG("tag", "id", List.of("name")),
  CUSTOMER("customer", "id", List.of("name", "city", "phone")),
  /** Recognised by its code; its ids are each database's own. */
  CODE("code", "code", List.of("label", "price")),
  MATTER("matter", "id", List.of("customer_id", "title", "state", "code")),
  /** Many-to-many: a row is a pair, and there is nothing else to say of it. */
  LINK("customer_tags", "concat(customer_id, ':', tag_id)", List.of());

  private final String table;
  private final String key;

  /** Joined by commas: a list could be changed. */
  private final String columns;

  Entity(String table, String key, List<String> columns) {
    this.table = table;
    this.key = key;
    this.columns = String.join(",", columns);
  }

  String table() {
    return table;
  }

  /** What says which row is which, in SQL. */
  String key() {
    return key;
  }

  /** All but the key. */
  List<String> columns() {
    return columns.isEmpty() ? List.of() : List.of(columns.split(",", -1));
  }

  /** Whether the key is a number that the database may give. */
  boolean hasNumber() {
    return key.equals("id");
  }

  /** A query for the key and all columns, as they are on both sides. */
  String select() {
    return switch (this) {
      case MATTER ->
          "SELECT m.id, customer_id, title, state, code FROM matter m LEFT JOIN code c ON c.id ="
              + " code_id";
      default -> "SELECT " + String.join(", ", concat(key, columns())) + " FROM " + table;
    };
  }

  private static List<String> concat(String key, List<String> columns) {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(key), columns.stream())
        .toList();
  }

  /** A column and the value it gets, as UPDATE and INSERT take it. */
  static String assigned(String column, String value) {
    return column.equals("code")
        ? "(SELECT id FROM code WHERE code = '" + value + "')"
        : "'" + value + "'";
  }

  /** The column's name in its table. */
  static String stored(String column) {
    return column.equals("code") ? "code_id" : column;
  }
}
