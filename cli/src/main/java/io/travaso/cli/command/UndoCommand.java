package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.UndoFlow;
import io.travaso.site.Site;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code sync undo-last-sync}: makes the rows that the last sync wrote what they were before. */
@picocli.CommandLine.Command(name = UndoFlow.COMMAND)
public final class UndoCommand extends Command {
  @Option(names = "--env", paramLabel = "NAME", descriptionKey = "option.env-of-last-sync")
  @Nullable String environment;

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--skip-changed", descriptionKey = "option.skip-changed")
  boolean skipChanged;

  @Option(names = "--no-backup", descriptionKey = "option.no-backup")
  boolean noBackup;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Collection<Environment> possible =
        environment == null
            ? settings.environments().values()
            : List.of(settings.environment(environment));
    try (OpenSites sites = new OpenSites(possible, session)) {
      Site target = RollbackCommand.lastTarget(sites.all(), settings);
      UndoFlow undo =
          new UndoFlow(
              target,
              settings.environment(target.environment()),
              session.guard(),
              session.observer(),
              session.consent(force, json),
              session.run(),
              new UndoFlow.Options(dryRun, skipChanged, !noBackup));
      return new SyncResult(undo.run(), false, session.program());
    }
  }
}
