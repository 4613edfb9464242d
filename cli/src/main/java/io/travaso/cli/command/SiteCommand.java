package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.SiteService;
import io.travaso.site.Site;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** {@code sync site}: what the tool on another host talks to; not for people. */
@picocli.CommandLine.Command(name = "site", hidden = true)
public final class SiteCommand extends Command {
  @Mixin EnvironmentOption environment;
  @Mixin JobsOption jobs;

  @Override
  public void check(List<String> problems) {
    jobs.check(problems);
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Environment here = environment.choose(settings);
    requireLocal(here, settings);
    Launch launch = session.launch();
    Runnable lost =
        () -> {
          session.log().ifPresent(log -> log.write("The one who asked is gone; so is this."));
          launch.halt().run();
        };
    // Never closed: closing waits for whoever is reading, and standard input is not ours to close.
    LineReader in =
        new LineReader(new InputStreamReader(launch.console().in(), StandardCharsets.UTF_8), lost);
    try (Site site = session.open(jobs.reading(here))) {
      SiteService.serve(site, settings, launch.version(), in, utf8(launch.console().out()));
      return new Served();
    } catch (IOException e) {
      throw SyncException.failed("Reading questions failed: " + e.getMessage(), "");
    }
  }

  /** It would ask itself for ever, each time with another process. */
  private static void requireLocal(Environment here, SyncConfig settings) {
    if (!here.isLocal()) {
      throw SyncException.configuration(
          "%s on its own host says that %s is on another one (ssh)"
              .formatted(settings.file(), here.name()),
          "Let `sync deploy` write that file, or take ssh out of it there.");
    }
  }

  private static PrintStream utf8(PrintStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  /** Everything was said already. */
  private record Served() implements Result {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return Map.of("command", "site");
    }

    @Override
    public void print(Page page) {}
  }
}
