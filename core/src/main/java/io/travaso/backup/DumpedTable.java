package io.travaso.backup;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A table as a dump's {@code CREATE TABLE} has it. */
record DumpedTable(String name, List<DumpedColumn> columns) {
  private static final Set<String> BINARY_TYPES =
      Set.of(
          "binary",
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
          "vector");

  DumpedTable {
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param form how its values stand in bulk text
   * @param bits how many bits a column of type BIT has
   * @param generated whether the database computes it
   */
  record DumpedColumn(String name, Form form, int bits, boolean generated) {

    /**
     * A column by its type.
     *
     * @param type the type's first word, with the length behind it: {@code bit(20)}
     */
    static DumpedColumn of(String name, String type, boolean generated) {
      String word = type.replaceFirst("\\(.*", "");
      Form form =
          word.equals("bit") ? Form.BITS : BINARY_TYPES.contains(word) ? Form.HEX : Form.TEXT;
      int bits = form == Form.BITS ? Integer.parseInt(type.replaceAll("[^0-9]", "")) : 0;
      return new DumpedColumn(name, form, bits, generated);
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

  DumpedColumn column(String column) throws IOException {
    return columns.stream()
        .filter(each -> each.name().equals(column))
        .findFirst()
        .orElseThrow(() -> new IOException("no column " + column + " in " + name));
  }

  /** The columns that hold values of their own. */
  List<String> written() {
    return columns.stream().filter(c -> !c.generated()).map(DumpedColumn::name).toList();
  }
}
