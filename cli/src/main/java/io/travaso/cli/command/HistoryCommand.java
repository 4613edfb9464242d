package io.travaso.cli.command;

import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.pipeline.Records;
import io.travaso.pipeline.Records.RunRow;
import io.travaso.site.Site;
import java.util.List;
import picocli.CommandLine.Mixin;

/** {@code sync history}: lists the runs that wrote to an environment. */
@picocli.CommandLine.Command(name = "history")
public final class HistoryCommand extends Command {
  private static final int HASH = 12;

  private static final List<String> COLUMNS =
      List.of(
          "when",
          "command",
          "from",
          "who",
          ">created",
          ">updated",
          ">deleted",
          "outcome",
          "fixture",
          "backup",
          "run");

  @Mixin EnvironmentOption environment;

  @Override
  public Result run(Session session) {
    Environment chosen = environment.choose(session.readConfig(config));
    try (Site site = session.open(chosen)) {
      return list(chosen.name(), new Records(site).history());
    }
  }

  static RecordsList<RunRow> list(String environment, List<RunRow> runs) {
    return new RecordsList<>("history", environment, "runs", runs, COLUMNS, HistoryCommand::cells);
  }

  private static List<String> cells(RunRow row, Page page) {
    Messages messages = page.messages();
    String hash = row.fixtureSha256() == null ? "" : row.fixtureSha256();
    return List.of(
        messages.time(row.startedAt()),
        row.command(),
        row.source(),
        row.runBy(),
        messages.number(row.created()),
        messages.number(row.updated()),
        messages.number(row.deleted()),
        messages.text("outcome." + row.outcome()),
        hash.substring(0, Math.min(HASH, hash.length())),
        row.backup() == null ? "" : row.backup(),
        row.runId());
  }
}
