package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.LastTarget;
import io.travaso.pipeline.Records;
import io.travaso.pipeline.Rollback;
import io.travaso.site.Site;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code sync rollback-last-sync}: takes the last sync back. */
@picocli.CommandLine.Command(name = Rollback.COMMAND)
public final class RollbackCommand extends Command {
  @Option(names = "--env", paramLabel = "NAME", descriptionKey = "option.env-of-last-sync")
  @Nullable String environment;

  @Option(names = "--list", descriptionKey = "option.list")
  boolean list;

  @Option(names = "--backup", paramLabel = "NAME", descriptionKey = "option.backup")
  @Nullable String backup;

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Override
  public void check(List<String> problems) {
    if (list && (backup != null || dryRun || force)) {
      problems.add("--list only lists: it goes with none of --backup, --dry-run and --force");
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = list ? session.readConfig(config) : session.beginRun(config);
    Collection<Environment> possible =
        environment == null
            ? settings.environments().values()
            : List.of(settings.environment(environment));
    try (OpenSites sites = new OpenSites(possible, session)) {
      Site target = lastTarget(sites.all(), settings);
      return list ? list(target, session) : roll(target, settings, session);
    }
  }

  /** The site that the last sync wrote to; prod if in doubt. */
  static Site lastTarget(List<Site> sites, SyncConfig settings) {
    if (sites.size() == 1) {
      return sites.get(0);
    }
    String name = LastTarget.of(sites).orElseGet(() -> settings.environment("prod").name());
    return sites.stream().filter(site -> site.environment().equals(name)).findFirst().orElseThrow();
  }

  private static Result list(Site target, Session session) {
    return BackupsList.of(
        Rollback.COMMAND,
        target.environment(),
        new Records(target).backups(),
        session.launch().clock().instant());
  }

  private Result roll(Site target, SyncConfig settings, Session session) {
    Rollback rollback =
        new Rollback(
            target,
            settings.environment(target.environment()),
            session.guard(),
            session.observer(),
            session.consent(force, json),
            session.run());
    return new SyncResult(rollback.run(backup, dryRun), false, session.program());
  }
}
