package io.travaso.mask;

import io.travaso.Finding;
import io.travaso.config.TableName;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Content;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The columns with text of which nobody said what becomes of them: what a strict policy wants. */
public final class Unclassified {
  private static final List<String> ADDRESS = List.of("email", "e_mail");
  private static final List<String> PHONE = List.of("telefono", "phone", "cellulare", "mobile");

  private Unclassified() {}

  /** All of them, where all tables concerned are taken, under the names that their models have. */
  public static Optional<Finding> in(
      ResolvedMasks masks, Catalog catalog, Map<TableId, ? extends Collection<String>> leaving) {
    TableNames names = new TableNames(catalog);
    Map<TableId, String> labels = new TreeMap<>();
    leaving.keySet().forEach(t -> labels.put(t, names.describe(catalog.get(t)).label()));
    return in(masks, catalog, leaving, labels);
  }

  /**
   * All of them, as one problem with the lines to paste; empty where there are none.
   *
   * @param leaving the columns that leave, by table
   * @param labels what the tables are called that are taken; of others only what leaves is asked
   */
  public static Optional<Finding> in(
      ResolvedMasks masks,
      Catalog catalog,
      Map<TableId, ? extends Collection<String>> leaving,
      Map<TableId, String> labels) {
    Map<ColumnId, Boolean> columns = new TreeMap<>();
    for (SharedValues shared : SharedValues.of(catalog)) {
      List<ColumnId> open =
          shared.columns().entrySet().stream()
              .filter(e -> isOpen(masks, leaving, e.getKey(), e.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      // What is said of the column that is referenced goes for those that reference it.
      boolean named = open.stream().anyMatch(shared::isReferenced);
      open.stream()
          .filter(c -> !named || shared.isReferenced(c))
          .forEach(c -> columns.put(c, shared.unique()));
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.refusal(
                "mask-policy is strict, and nobody said what becomes of %d %s with text"
                    .formatted(columns.size(), columns.size() == 1 ? "column" : "columns"),
                "Say it; with these lines nothing that could be somebody's leaves as it is:\n"
                    + "mask:\n"
                    + lines(catalog, columns, labels)));
  }

  private static boolean isOpen(
      ResolvedMasks masks,
      Map<TableId, ? extends Collection<String>> leaving,
      ColumnId id,
      Column column) {
    Collection<String> ofTable = leaving.get(id.table());
    return ofTable != null
        && ofTable.contains(id.column())
        && !column.generated()
        && TextColumns.mayHoldText(column)
        && !isClassified(masks, id.table(), column);
  }

  private static String lines(
      Catalog catalog, Map<ColumnId, Boolean> columns, Map<TableId, String> labels) {
    TableNames names = new TableNames(catalog);
    List<String> lines = new ArrayList<>();
    TableId current = null;
    for (Map.Entry<ColumnId, Boolean> entry : columns.entrySet()) {
      ColumnId id = entry.getKey();
      Table table = catalog.get(id.table());
      String label = labels.get(id.table());
      if (!id.table().equals(current)) {
        current = id.table();
        lines.add("  " + written(label == null ? names.describe(table).label() : label) + ":");
      }
      Column column = table.requiredColumn(id.column());
      // Rows of others are recognised by it, so it has to stay what it is.
      String kind = label == null ? MaskKind.KEEP.word() : proposal(column, entry.getValue());
      lines.add("    " + quoted(id.column()) + ": " + kind);
    }
    return String.join("\n", lines);
  }

  private static boolean isClassified(ResolvedMasks masks, TableId table, Column column) {
    return masks.of(table, column).isPresent()
        || masks.kept().getOrDefault(table, List.of()).contains(column.name());
  }

  /** What a column can be, whatever stands in it. */
  private static String proposal(Column column, boolean key) {
    int room = TextColumns.room(column);
    boolean wide = room == Content.ANY || room >= ValueMasks.EMAIL_ENDING.length() + KeyedText.FULL;
    if (!TextColumns.isText(column)) {
      return Redaction.of(column, room).isPresent() && !key
          ? MaskKind.REDACT.word()
          : column.nullable() && !key ? MaskKind.NULL.word() : MaskKind.KEEP.word();
    }
    String name = column.name().toLowerCase(Locale.ROOT);
    if (wide && ADDRESS.stream().anyMatch(name::contains)) {
      return MaskKind.EMAIL.word();
    }
    if (PHONE.stream().anyMatch(name::contains)) {
      return MaskKind.PHONE.word();
    }
    return key ? MaskKind.FORMAT.word() : MaskKind.REDACT.word();
  }

  /** A name as the configuration has it. */
  private static String written(String label) {
    int dot = label.indexOf('.');
    return dot < 0
        ? quoted(label)
        : quoted(new TableName(label.substring(0, dot), label.substring(dot + 1)).toString());
  }

  private static String quoted(String key) {
    return key.matches("[A-Za-z_][A-Za-z0-9_.]*") ? key : "'" + key.replace("'", "''") + "'";
  }
}
