package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.pipeline.OperationReport;

/** What came of something that was done with services or whole databases. */
record OperationResult(OperationReport report) implements Result {
  @Override
  public ExitCode exitCode() {
    return report.status().equals(OperationReport.FAILED) ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** As the other commands' results, without the lines for people. */
  private record Json(String command, String status, String environment, Object result) {}

  @Override
  public Object json() {
    return new Json(report.command(), report.status(), report.environment(), report.result());
  }

  @Override
  public void print(Page page) {
    report.lines().forEach(page::line);
  }
}
