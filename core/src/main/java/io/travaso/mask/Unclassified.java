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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The columns with text of which nobody said what becomes of them: what a strict policy wants. */
public final class Unclassified {
  private static final List<String> ADDRESS = List.of("email", "e_mail");
  private static final List<String> PHONE = List.of("telefono", "phone", "cellulare", "mobile");

  private Unclassified() {}

  /**
   * All of them, as one problem with the lines to paste; empty where there are none.
   *
   * @param leaving the columns that leave, by table
   */
  public static Optional<Finding> in(
      ResolvedMasks masks, Catalog catalog, Map<TableId, ? extends Collection<String>> leaving) {
    TableNames names = new TableNames(catalog);
    List<String> lines = new ArrayList<>();
    long count = 0;
    for (Map.Entry<TableId, ? extends Collection<String>> entry :
        new TreeMap<>(leaving).entrySet()) {
      Table table = catalog.get(entry.getKey());
      List<Column> columns =
          table.columns().stream()
              .filter(c -> entry.getValue().contains(c.name()))
              .filter(c -> !c.generated() && TextColumns.mayHoldText(c))
              .filter(c -> !isClassified(masks, table.id(), c))
              .toList();
      if (!columns.isEmpty()) {
        count += columns.size();
        lines.add("  " + written(names.describe(table).label()) + ":");
        Set<String> keys = keys(table, catalog);
        columns.forEach(
            c ->
                lines.add("    " + quoted(c.name()) + ": " + proposal(c, keys.contains(c.name()))));
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Finding.refusal(
                "mask-policy is strict, and nobody said what becomes of %d %s with text"
                    .formatted(count, count == 1 ? "column" : "columns"),
                "Say it; with these lines nothing that could be somebody's leaves as it is:\n"
                    + "mask:\n"
                    + String.join("\n", lines)));
  }

  private static boolean isClassified(ResolvedMasks masks, TableId table, Column column) {
    return masks.of(table, column).isPresent()
        || masks.kept().getOrDefault(table, List.of()).contains(column.name());
  }

  private static Set<String> keys(Table table, Catalog catalog) {
    Set<String> keys = new TreeSet<>(table.primaryKey());
    table.uniqueKeys().forEach(k -> keys.addAll(k.columns()));
    table.constraints().exclusions().forEach(e -> keys.addAll(e.columns()));
    catalog.referencing(table.id()).forEach(fk -> keys.addAll(fk.targetColumns()));
    return keys;
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
