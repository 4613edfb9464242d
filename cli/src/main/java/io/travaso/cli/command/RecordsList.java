package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A list of what an environment keeps.
 *
 * @param command the command that lists
 * @param name what the list is called in JSON, and in the keys of its texts
 * @param columns the keys of the columns' headings; one that begins with {@code >} is of numbers
 * @param cells the cells of a row
 */
record RecordsList<T>(
    String command,
    String environment,
    String name,
    List<T> rows,
    List<String> columns,
    BiFunction<T, Page, List<String>> cells)
    implements Result {

  @Override
  public ExitCode exitCode() {
    return ExitCode.DONE;
  }

  @Override
  public Object json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("command", command);
    json.put("environment", environment);
    json.put(name, rows);
    return json;
  }

  @Override
  public void print(Page page) {
    if (rows.isEmpty()) {
      page.text(name + ".none", environment);
      return;
    }
    TextTable table = new TextTable(columns.stream().map(column -> heading(column, page)).toList());
    rows.forEach(row -> table.add(cells.apply(row, page)));
    page.table(table);
  }

  private static String heading(String column, Page page) {
    boolean numbers = column.startsWith(">");
    return (numbers ? ">" : "")
        + page.messages().text("column." + column.substring(numbers ? 1 : 0));
  }
}
