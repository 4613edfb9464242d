package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Export;
import io.travaso.site.Exported;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sync export}: writes an environment's tables to a fixture. */
@picocli.CommandLine.Command(name = "export")
public final class ExportCommand extends Command {
  private static final int MOST_INDENT = 8;
  private static final List<String> FORMATS = List.of("json", "jsonl");

  @Mixin EnvironmentOption environment;
  @Mixin TablesOption tables;
  @Mixin JobsOption jobs;

  @Option(names = "--output", paramLabel = "FILE", descriptionKey = "option.output")
  @Nullable Path output;

  @Option(names = "--format", paramLabel = "json|jsonl", descriptionKey = "option.format")
  @Nullable String format;

  @Option(names = "--indent", paramLabel = "N", descriptionKey = "option.indent")
  int indent;

  @Override
  public void check(List<String> problems) {
    tables.check(problems);
    jobs.check(problems);
    if (format != null && !FORMATS.contains(format)) {
      problems.add("--format is " + String.join(" or ", FORMATS));
    }
    if (indent < 0 || indent > MOST_INDENT) {
      problems.add("--indent is a number of spaces from 0 to " + MOST_INDENT);
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Path file =
        output == null ? null : session.surroundings().directory().resolve(output).normalize();
    try (Site source = session.open(jobs.reading(environment.choose(settings)))) {
      Exported exported =
          new Export(source, session.guard(), session.observer())
              .run(tables.names(), file, format, indent);
      return new ExportResult(exported, source.environment(), session.run().id());
    }
  }

  /** As the result of a sync, as far as an export has one. */
  private record Json(
      String command, String status, String runId, String source, Exported fixture) {}

  private record ExportResult(Exported exported, String environment, String runId)
      implements Result {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return new Json("export", "applied", runId, environment, exported);
    }

    @Override
    public void print(Page page) {
      page.blank();
      page.text(
          "result.exported",
          exported.records(),
          environment,
          exported.file(),
          page.messages().size(exported.bytes()));
    }
  }
}
