package io.travaso.table;

import java.util.List;
import java.util.Optional;

/** How the columns of a table are called in a fixture and by users. */
final class FieldNames {
  private static final String ID = "_id";

  private FieldNames() {}

  /** Django's field of a foreign key column {@code cliente_id} is {@code cliente}. */
  static String of(TableNames.Named named, Column column) {
    String name = column.name();
    boolean reference =
        named.table().foreignKeys().stream().anyMatch(fk -> fk.columns().equals(List.of(name)));
    if (!named.django() || !reference || !name.endsWith(ID) || name.length() == ID.length()) {
      return name;
    }
    String field = name.substring(0, name.length() - ID.length());
    return named.table().column(field).isPresent() ? name : field;
  }

  /** The column of a name that is a column's or a field's. */
  static Optional<Column> column(TableNames.Named named, String name) {
    return named
        .table()
        .column(name)
        .or(
            () ->
                named.table().columns().stream().filter(c -> of(named, c).equals(name)).findAny());
  }
}
