package io.travaso.cli.output;

import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.TableCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** What a run would change, as a few lines: rows by what becomes of them, a table's name each. */
final class Preview {
  /** The column of the totals where the terminal's width does not ask for less. */
  private static final int TOTALS = 74;

  private static final int NARROWEST = 40;

  /** The names that stand behind a sign; the widest one among them sets the column of all. */
  private static final List<String> SIGNED =
      List.of("created", "updated", "deleted", "merged", "conflicts", "unchanged");

  private final Messages messages;
  private final Style style;
  private final int columns;

  /**
   * @param columns the terminal's width; 0 where that is not known
   */
  Preview(Messages messages, Style style, int columns) {
    this.messages = messages;
    this.style = style;
    this.columns = columns;
  }

  /**
   * A line of the preview.
   *
   * @param prefix what comes before the tables
   * @param whole whether all tables are named, however long the list becomes
   */
  private record Row(
      String sign,
      String label,
      String prefix,
      ToLongFunction<TableCounts> count,
      long total,
      boolean whole,
      UnaryOperator<String> colour) {}

  List<String> lines(SyncReport report) {
    List<Row> rows = rows(report);
    int longest = 0;
    for (Row row : rows) {
      longest = Math.max(longest, total(row).length());
    }
    int totals = columns == 0 ? TOTALS : Math.min(TOTALS, columns - 1 - longest);
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(heading(report)));
    for (Row row : rows) {
      add(row, report.tables(), Math.max(NARROWEST, totals), lines);
    }
    return lines;
  }

  private String heading(SyncReport report) {
    String key = report.dryRun() ? "preview.heading" : "plan.heading";
    return style.text(messages.text(key, report.source(), report.target()));
  }

  private List<Row> rows(SyncReport report) {
    SyncReport.Counts totals = report.totals();
    List<Row> rows = new ArrayList<>();
    rows.add(row("+", "created", TableCounts::created, totals.created(), true, style::green));
    rows.add(row("~", "updated", TableCounts::updated, totals.updated(), true, style::yellow));
    if (totals.deleted() > 0) {
      String vanish = messages.text("preview.vanish", report.target()) + " ";
      rows.add(
          new Row(
              "-",
              messages.text("preview.deleted"),
              vanish,
              TableCounts::deleted,
              totals.deleted(),
              true,
              style::red));
    }
    if (totals.merged() > 0) {
      rows.add(row("&", "merged", TableCounts::merged, totals.merged(), true, style::yellow));
    }
    if (totals.conflicts() > 0) {
      rows.add(row("!", "conflicts", TableCounts::conflicts, totals.conflicts(), true, style::red));
    }
    if (totals.collisions() > 0) {
      rows.add(
          row("!", "collisions", TableCounts::collisions, totals.collisions(), true, style::red));
    }
    rows.add(row("=", "unchanged", TableCounts::unchanged, totals.unchanged(), false, style::dim));
    String target = report.target();
    // What the source deleted has a line of its own.
    text(
        rows,
        "kept",
        target,
        t -> t.onlyInTarget() - t.goneInSource(),
        totals.onlyInTarget() - totals.goneInSource());
    text(rows, "kept-target", target, TableCounts::keptTarget, totals.keptTarget());
    text(rows, "gone", report.source(), TableCounts::goneInSource, totals.goneInSource());
    return rows;
  }

  /** A row without a sign, where there is anything to count. */
  private void text(
      List<Row> rows,
      String key,
      String environment,
      ToLongFunction<TableCounts> count,
      long total) {
    if (total > 0) {
      String label = messages.text("preview." + key, environment);
      rows.add(new Row(" ", label, "", count, total, true, UnaryOperator.identity()));
    }
  }

  private Row row(
      String sign,
      String key,
      ToLongFunction<TableCounts> count,
      long total,
      boolean whole,
      UnaryOperator<String> colour) {
    return new Row(sign, messages.text("preview." + key), "", count, total, whole, colour);
  }

  private String total(Row row) {
    return messages.text("preview.total", row.total());
  }

  private void add(Row row, List<TableCounts> tables, int totals, List<String> lines) {
    String head = row.sign() + " " + row.label() + " ".repeat(gap(row));
    int width = totals - head.length() - 1;
    List<String> wrapped = row.whole() ? wrap(row, tables, width) : cut(row, tables, width);
    String first = wrapped.isEmpty() ? "" : wrapped.get(0);
    String padding = " ".repeat(Math.max(2, totals - head.length() - first.length()));
    lines.add(row.colour().apply(head + first) + padding + total(row));
    for (String more : wrapped.subList(Math.min(1, wrapped.size()), wrapped.size())) {
      lines.add(row.colour().apply(" ".repeat(head.length()) + more));
    }
  }

  /** The lists of the rows with a sign begin in one column. */
  private int gap(Row row) {
    if (row.sign().isBlank()) {
      return 3;
    }
    int widest = 0;
    for (String key : SIGNED) {
      widest = Math.max(widest, messages.text("preview." + key).length());
    }
    return widest + 2 - row.label().length();
  }

  private List<String> items(Row row, List<TableCounts> tables) {
    List<String> items = new ArrayList<>();
    for (TableCounts table : tables) {
      long count = row.count().applyAsLong(table);
      if (count > 0) {
        items.add((items.isEmpty() ? row.prefix() : "") + table.label() + " " + number(count));
      }
    }
    return items;
  }

  private String number(long count) {
    return messages.number(count);
  }

  private List<String> wrap(Row row, List<TableCounts> tables, int width) {
    String separator = style.symbols() ? " · " : ", ";
    String end = separator.stripTrailing();
    List<String> items = items(row, tables);
    List<String> lines = new ArrayList<>();
    String line = "";
    for (int i = 0; i < items.size(); i++) {
      String longer = i == 0 ? items.get(i) : line + separator + items.get(i);
      // A line that is followed by another ends with the separator's visible part.
      int room = i == items.size() - 1 ? width : width - end.length();
      if (!line.isEmpty() && longer.length() > room) {
        lines.add(line + end);
        longer = items.get(i);
      }
      line = longer;
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }

  private List<String> cut(Row row, List<TableCounts> tables, int width) {
    String separator = style.symbols() ? " · " : ", ";
    String more = style.symbols() ? " …" : " ...";
    List<String> items = items(row, tables);
    String line = "";
    for (int i = 0; i < items.size(); i++) {
      String longer = i == 0 ? items.get(i) : line + separator + items.get(i);
      int room = i == items.size() - 1 ? width : width - more.length();
      if (i > 0 && longer.length() > room) {
        return List.of(line + more);
      }
      line = longer;
    }
    return line.isEmpty() ? List.of() : List.of(line);
  }
}
