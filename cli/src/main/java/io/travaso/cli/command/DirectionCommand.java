package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Direction;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.Synchronization;
import io.travaso.site.Site;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A sync between the two environments, one way or the other. */
abstract class DirectionCommand extends Command {
  @Mixin TablesOption tables;
  @Mixin WriteOptions write;

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
            write.acceptNonTransactional);
    try (Site source = session.open(settings.environment(direction.source()));
        Site target = session.open(settings.environment(direction.target()))) {
      SyncReport report =
          new Synchronization(
                  options,
                  session.guard(),
                  source,
                  target,
                  session.observer(),
                  session.consent(write.force, json),
                  session.run())
              .run();
      return new SyncResult(report, write.exitCode, session.program());
    }
  }
}
