package io.travaso.backup;

import java.util.List;

/** A table as a dump's {@code CREATE TABLE} has it. */
record DumpedTable(String name, List<DumpedColumn> columns) {

  DumpedTable {
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param type the type's first word with what stands in parentheses behind it: {@code bit(20)}
   * @param generated whether the database computes it
   */
  record DumpedColumn(String name, String type, boolean generated) {

    /** How its values stand in bulk text. */
    Form form() {
      String word = type.replaceFirst("\\(.*", "");
      return switch (word) {
        case "bit" -> Form.BITS;
        case "binary",
            "varbinary",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "vector" ->
            Form.HEX;
        default -> Form.TEXT;
      };
    }

    /** How many bits a column of type BIT has. */
    int bits() {
      return Integer.parseInt(type.replaceAll("[^0-9]", ""));
    }
  }

  /** How values stand in bulk text. */
  enum Form {
    TEXT,
    /** {@code \x} and two digits a byte. */
    HEX,
    /** A 0 or 1 a bit. */
    BITS
  }

  DumpedColumn column(String column) {
    return columns.stream()
        .filter(each -> each.name().equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no column " + column + " in " + name));
  }

  /** The columns that hold values of their own. */
  List<String> written() {
    return columns.stream().filter(c -> !c.generated()).map(DumpedColumn::name).toList();
  }
}
