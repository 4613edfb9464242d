package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.pipeline.Records;
import io.travaso.pipeline.Records.BackupRow;
import io.travaso.site.Site;
import picocli.CommandLine.Mixin;

/** {@code sync backup}: takes a backup of an environment's database. */
@picocli.CommandLine.Command(name = "backup")
public final class BackupCommand extends Command {
  @Mixin EnvironmentOption environment;

  @Override
  public Result run(Session session) {
    Environment chosen = environment.choose(session.beginRun(config));
    try (Site site = session.open(chosen)) {
      return new BackupResult(new Records(site).takeBackup(session.observer()));
    }
  }

  /** As the backup in the result of a sync. */
  private record Json(String command, String status, String environment, BackupRow backup) {}

  private record BackupResult(BackupRow backup) implements Result {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return new Json("backup", "applied", backup.environment(), backup);
    }

    @Override
    public void print(Page page) {
      page.text(
          "result.backed-up",
          backup.environment(),
          backup.file(),
          page.messages().size(backup.bytes()));
    }
  }
}
