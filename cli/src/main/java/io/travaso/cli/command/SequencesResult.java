package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.TextTable;
import io.travaso.pipeline.SequenceFlow;
import io.travaso.pipeline.SequenceFlow.Sources;
import java.util.List;
import java.util.stream.Stream;

/** From which numbers each environment draws its keys. */
record SequencesResult(List<Sources> environments) implements Result {
  @Override
  public ExitCode exitCode() {
    return ExitCode.DONE;
  }

  private record Json(String command, List<Sources> environments) {}

  @Override
  public Object json() {
    return new Json(SequenceFlow.COMMAND, environments);
  }

  @Override
  public void print(Page page) {
    boolean first = true;
    for (Sources one : environments) {
      if (!first) {
        page.blank();
      }
      first = false;
      page.line(page.style().bold(one.environment()));
      page.table(table(one, page));
    }
  }

  private static TextTable table(Sources one, Page page) {
    TextTable table =
        new TextTable(
            Stream.of("table", "column", "drawn", ">next", ">increment", ">offset")
                .map(
                    key ->
                        (key.startsWith(">") ? ">" : "")
                            + page.messages().text("column." + key.replace(">", "")))
                .toList());
    one.tables()
        .forEach(
            t ->
                table.add(
                    List.of(
                        t.label(),
                        t.column(),
                        t.sequence() == null
                            ? "AUTO_INCREMENT"
                            : page.messages().text("sequences.sequence", t.sequence()),
                        Long.toString(t.next()),
                        Long.toString(t.increment()),
                        Long.toString(t.offset()))));
    return table;
  }
}
