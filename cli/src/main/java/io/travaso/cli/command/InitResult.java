package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.pipeline.Init;
import io.travaso.pipeline.Init.LeftOut;
import java.util.List;

/**
 * The configuration that was written.
 *
 * @param program the name the program was called by
 */
record InitResult(Init.Written written, String program) implements Result {

  /** As scripts read it. */
  private record Json(
      String command, String status, String file, int tables, List<LeftOut> leftOut) {}

  @Override
  public ExitCode exitCode() {
    return ExitCode.DONE;
  }

  @Override
  public Object json() {
    return new Json(
        "init", "applied", written.file().toString(), written.tables(), written.leftOut());
  }

  @Override
  public void print(Page page) {
    page.text(
        written.tables() == 0 ? "result.template" : "result.proposal",
        written.file(),
        written.tables());
    if (!written.leftOut().isEmpty()) {
      page.text("result.left-out");
      written.leftOut().forEach(table -> page.line("  " + table.table() + ": " + table.why()));
    }
    page.text("result.look-through", program + " doctor");
  }
}
