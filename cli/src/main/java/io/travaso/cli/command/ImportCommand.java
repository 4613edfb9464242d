package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.Synchronization;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sync import}: merges a fixture into an environment. */
@picocli.CommandLine.Command(name = "import")
public final class ImportCommand extends Command {
  @Option(names = "--input", paramLabel = "FILE", required = true, descriptionKey = "option.input")
  Path input;

  @Mixin EnvironmentOption environment;
  @Mixin TablesOption tables;
  @Mixin JobsOption jobs;
  @Mixin WriteOptions write;

  @Override
  public void check(List<String> problems) {
    tables.check(problems);
    jobs.check(problems);
    write.check(problems);
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    SyncOptions options =
        new SyncOptions(
            "import",
            write.dryRun,
            write.fullReplace,
            !write.noBackup,
            tables.names(),
            session.surroundings().directory().resolve(input).normalize(),
            false,
            write.allowDrift,
            write.acceptNonTransactional);
    try (Site target = session.open(jobs.reading(environment.choose(settings)))) {
      SyncReport report =
          new Synchronization(
                  options,
                  session.guard(),
                  null,
                  target,
                  session.observer(),
                  session.consent(write.force, json),
                  session.run())
              .run();
      return new SyncResult(report, write.exitCode, session.program());
    }
  }
}
