package io.travaso.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headings a heading that begins with {@code >} is that of a column of numbers, which are
   *     aligned to the right
   */
  public TextTable(List<String> headings) {
    this.right = new boolean[headings.size()];
    this.headings = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      right[i] = headings.get(i).startsWith(">");
      this.headings.add(headings.get(i).substring(right[i] ? 1 : 0));
    }
  }

  public void add(List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(cells.size() + " cells, " + headings.size() + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  /** The lines, the headings first. */
  public List<String> lines() {
    int[] widths = new int[headings.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String padding = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(right[i] ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
