package io.travaso.cli.command;

import io.travaso.NearestName;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.Direction;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Resolution;
import io.travaso.pipeline.SyncOptions;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sync resolve}: writes down what both sides changed, to be decided one by one. */
@picocli.CommandLine.Command(name = Resolution.COMMAND)
public final class ResolveCommand extends Command {
  private static final List<String> DIRECTIONS =
      Arrays.stream(Direction.values()).map(Direction::command).toList();

  @Parameters(
      arity = "1",
      paramLabel = "dev-to-prod|prod-to-dev",
      descriptionKey = "parameter.direction")
  String direction;

  @Option(names = "--output", paramLabel = "FILE", descriptionKey = "option.output-decisions")
  @Nullable Path output;

  @Option(names = "--force-overwrite", descriptionKey = "option.force-overwrite-decisions")
  boolean forceOverwrite;

  @Mixin TablesOption tables;
  @Mixin ConflictOptions conflicts;
  @Mixin JobsOption jobs;

  @Option(names = "--allow-drift", descriptionKey = "option.allow-drift")
  boolean allowDrift;

  @Option(names = "--against-master", descriptionKey = "option.against-master")
  boolean againstMaster;

  @Override
  public void check(List<String> problems) {
    tables.check(problems);
    conflicts.check(problems);
    jobs.check(problems);
    if (direction != null && Direction.of(direction).isEmpty()) {
      problems.add(
          "\""
              + direction
              + "\" is no direction: "
              + NearestName.of(direction, DIRECTIONS)
                  .map(nearest -> "did you mean " + nearest + "?")
                  .orElse(String.join(" or ", DIRECTIONS)));
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Direction way = Direction.of(direction).orElseThrow();
    SyncOptions options =
        new SyncOptions(
            way.command(),
            /* dryRun= */ true,
            /* fullReplace= */ false,
            /* backup= */ false,
            tables.names(),
            null,
            againstMaster,
            allowDrift,
            /* acceptNonTransactional= */ true,
            conflicts.options(null, way));
    Environment from = settings.environment(way.source());
    Environment to = settings.environment(way.target());
    try (Site source = session.open(jobs.reading(from, to));
        Site target = session.open(jobs.reading(to, from))) {
      return new ResolutionResult(
          session
              .directed(source, target, session.consent(/* force= */ false, json))
              .resolve(way, options, session.here(output), forceOverwrite),
          session.program());
    }
  }

  private record ResolutionResult(Resolution resolution, String program) implements Result {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return resolution;
    }

    @Override
    public void print(Page page) {
      page.blank();
      String file = resolution.file();
      if (file == null) {
        page.text("resolve.none", resolution.source(), resolution.target());
        return;
      }
      page.text("resolve.written", file, resolution.conflicts().size());
      page.text("resolve.next", program + " " + resolution.direction() + " --decisions " + file);
    }
  }
}
