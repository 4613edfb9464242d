package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.RestoreFlow;
import io.travaso.site.Site;
import java.util.List;
import picocli.CommandLine.Mixin;

/** {@code sync verify}: restores a backup beside the real databases, and counts what is in it. */
@picocli.CommandLine.Command(name = "verify")
public final class VerifyCommand extends Command {
  @Mixin BackupChoice backup;

  @Override
  public void check(List<String> problems) {
    backup.check(problems);
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Environment chosen = backup.environment(settings);
    try (Site site = session.open(chosen)) {
      return new OperationResult(
          new RestoreFlow(site, chosen, session.observer(), session.consent(true, json))
              .verify(backup.name(site, session)));
    }
  }
}
