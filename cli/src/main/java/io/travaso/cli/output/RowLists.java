package io.travaso.cli.output;

import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import io.travaso.pipeline.SyncReport.RowInfo;
import io.travaso.pipeline.UndoFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single rows that somebody has to look at before anything is written. */
final class RowLists {
  /** How many are shown. */
  private static final int MOST = 20;

  /** How wide a value may be where the terminal does not ask for less. */
  private static final int WIDEST = 40;

  private static final int NARROWEST = 12;

  private final Messages messages;
  private final int columns;

  /**
   * @param columns the terminal's width; 0 where that is not known
   */
  RowLists(Messages messages, int columns) {
    this.messages = messages;
    this.columns = columns;
  }

  /** What both sides changed: by row and column, with both values; no line where there is none. */
  List<String> conflicts(SyncReport report) {
    List<ConflictInfo> conflicts = report.conflicts();
    if (conflicts.isEmpty()) {
      return List.of();
    }
    if (report.command().equals(UndoFlow.COMMAND)) {
      return changedAgain(conflicts, report.totals().conflicts());
    }
    List<String> lines = new ArrayList<>();
    lines.add(messages.text("conflicts.heading", report.source(), report.target()));
    TextTable table =
        new TextTable(
            List.of(
                messages.text("conflicts.table"),
                messages.text("conflicts.row"),
                messages.text("conflicts.column"),
                report.source(),
                report.target()));
    conflicts.stream().limit(MOST).forEach(conflict -> table.add(cells(conflict)));
    table.lines().forEach(line -> lines.add("  " + line));
    more(conflicts.size(), lines);
    return lines;
  }

  /** What an undo leaves as it is. */
  private List<String> changedAgain(List<ConflictInfo> conflicts, long rows) {
    List<String> lines = new ArrayList<>();
    lines.add(messages.text("changed-again.heading"));
    for (ConflictInfo row : conflicts.subList(0, Math.min(MOST, conflicts.size()))) {
      lines.add("  " + row.label() + " " + shown(row.key()) + ": " + how(row));
    }
    more(rows, lines);
    return lines;
  }

  private String how(ConflictInfo row) {
    if (row.source() != null) {
      return messages.text("changed-again.references", shown(row.source()));
    }
    return row.target() == null
        ? messages.text("changed-again." + row.kind().toLowerCase(Locale.ROOT))
        : messages.text("changed-again.referenced", shown(row.target()));
  }

  private List<String> cells(ConflictInfo conflict) {
    boolean row = conflict.column() == null;
    return List.of(
        conflict.label(),
        shown(conflict.key()),
        row ? "-" : String.valueOf(conflict.column()),
        row ? row("source", conflict, conflict.source()) : value(conflict.source()),
        row ? row("target", conflict, conflict.target()) : value(conflict.target()));
  }

  /** What a row has on one side, or what happened to it there: {@code deleted}. */
  private String row(String side, ConflictInfo conflict, @Nullable String values) {
    if (values != null) {
      return shown(values);
    }
    return messages.text("conflicts." + conflict.kind().toLowerCase(Locale.ROOT) + "." + side);
  }

  private String value(@Nullable String value) {
    return value == null ? "NULL" : shown(value);
  }

  /** In one line, and no longer than there is room for. */
  private String shown(String value) {
    String line = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    int width = columns == 0 ? WIDEST : Math.max(NARROWEST, Math.min(WIDEST, columns / 4));
    int length = line.codePointCount(0, line.length());
    return length <= width ? line : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** Rows that the target changed, or may have, and that become the source's. */
  List<String> overwritten(SyncReport report) {
    List<RowInfo> rows = report.overwritten();
    if (rows == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(messages.text("overwritten.heading", report.target(), report.source()));
    for (RowInfo row : rows.subList(0, Math.min(MOST, rows.size()))) {
      lines.add("  " + row.label() + " " + shown(row.key()));
    }
    more(Math.max(report.overwrittenRows(), rows.size()), lines);
    return lines;
  }

  private void more(long rows, List<String> lines) {
    if (rows > MOST) {
      lines.add("  " + messages.text("list.more", rows - MOST));
    }
  }
}
