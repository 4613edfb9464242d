package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Direction;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A sync between the two environments, one way or the other. */
abstract class DirectionCommand extends Command {
  @Mixin TablesOption tables;
  @Mixin WriteOptions write;
  @Mixin ConflictOptions conflicts;
  @Mixin JobsOption jobs;

  @Option(names = "--decisions", paramLabel = "FILE", descriptionKey = "option.decisions")
  @Nullable Path decisions;

  @Option(names = "--save-plan", paramLabel = "FILE", descriptionKey = "option.save-plan")
  @Nullable Path savePlan;

  @Option(
      names = {"--full-fixture", "--thorough"},
      descriptionKey = "option.full-fixture")
  boolean fullFixture;

  @Option(names = "--against-master", descriptionKey = "option.against-master")
  boolean againstMaster;

  private final Direction direction;

  DirectionCommand(Direction direction) {
    this.direction = direction;
  }

  @Override
  public void check(List<String> problems) {
    tables.check(problems);
    write.check(problems);
    conflicts.check(problems);
    jobs.check(problems);
    List<String> pointless = new ArrayList<>(conflicts.given());
    if (decisions != null) {
      pointless.add("--decisions");
    }
    if (write.fullReplace && !pointless.isEmpty()) {
      problems.add(
          "--full-replace makes an exact copy of the source, whatever the target changed: it does"
              + " not go with "
              + String.join(", ", pointless));
    }
    if (savePlan != null && !write.dryRun) {
      problems.add("--save-plan needs --dry-run: a real run has its plan applied");
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    SyncOptions options =
        new SyncOptions(
            direction.command(),
            write.dryRun,
            write.fullReplace,
            !write.noBackup,
            tables.names(),
            null,
            againstMaster,
            write.allowDrift,
            write.acceptNonTransactional,
            conflicts.options(session.here(decisions), direction),
            fullFixture);
    Environment from = settings.environment(direction.source());
    Environment to = settings.environment(direction.target());
    try (Site source = session.open(jobs.reading(from, to));
        Site target = session.open(jobs.reading(to, from))) {
      SyncReport report =
          session
              .directed(source, target, session.consent(write.force, json))
              .run(options, session.here(savePlan));
      return new SyncResult(report, write.exitCode, session.program(), direction.command());
    }
  }
}
