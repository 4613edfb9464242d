package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.RestoreFlow;
import io.travaso.site.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sync restore}: replaces whole databases and volumes with a backup's. */
@picocli.CommandLine.Command(name = "restore")
public final class RestoreCommand extends HoldingCommand {
  @Mixin BackupChoice backup;

  @Option(names = "--only", paramLabel = "PART", split = ",", descriptionKey = "option.only-parts")
  @Nullable List<String> parts;

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

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
          new RestoreFlow(site, chosen, session.observer(), session.consent(force, json))
              .restore(backup.name(site, session), parts, dryRun));
    }
  }
}
