package io.travaso.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.Secret;
import io.travaso.database.RowSink;
import io.travaso.table.Column;
import io.travaso.table.Constraints;
import io.travaso.table.Content;
import io.travaso.table.Field;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.ValueKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns to mask, and the masks of values in them, without a database. */
final class Columns {
  static final Secret KEY = new Secret("a key that is long enough");
  static final Secret OTHER_KEY = new Secret("another one that is long enough");

  private static final TableId ID = new TableId("public", "people");

  private Columns() {}

  /** A column for text with room for so many characters. */
  static Column text(String name, int room) {
    return column(
        name,
        "text",
        ValueKind.TEXT,
        new Content.Text(room, Content.ANY, false, Content.Text.UTF8, false));
  }

  static Column padded(String name, int room) {
    return column(
        name,
        "char",
        ValueKind.TEXT,
        new Content.Text(room, Content.ANY, true, Content.Text.UTF8, false));
  }

  static Column column(String name, String type, ValueKind kind, Content content) {
    boolean text = content instanceof Content.Text;
    return new Column(name, type, kind, true, "=", text, true, false, false, false, null, content);
  }

  static ColumnMask mask(Column column, MaskKind kind, @Nullable String argument, boolean unique) {
    return new ColumnMask(
        ID, column, kind, argument, unique, TextColumns.room(column), TextColumns.isPadded(column));
  }

  static ColumnMask mask(MaskKind kind) {
    return mask(text("value", Content.ANY), kind, null, true);
  }

  /** A table of columns, without a key. */
  static SyncTable table(Column... columns) {
    Table table =
        new Table(
            ID,
            List.of(columns),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Constraints.NONE,
            Set.of(),
            Set.of());
    List<Field> fields = table.columns().stream().map(c -> new Field(c.name(), c, null)).toList();
    return new SyncTable(table, "people", "people", List.of(), fields, List.of());
  }

  /** The masks of values, each as it stands in bulk text. */
  static List<String> masks(ColumnMask mask, Secret key, List<String> values) {
    List<String> masks = new ArrayList<>();
    RowSink sink =
        Masking.of(List.of(mask), key)
            .over(
                table(mask.column()),
                (buffer, offset, length) -> masks.add(new String(buffer, offset, length, UTF_8)));
    try {
      for (String value : values) {
        byte[] row = ("x" + value + "y").getBytes(UTF_8);
        sink.row(row, 1, row.length - 2);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return masks;
  }

  static String masked(ColumnMask mask, String value) {
    return masks(mask, KEY, List.of(value)).get(0);
  }
}
