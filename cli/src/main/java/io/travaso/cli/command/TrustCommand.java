package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Trust;
import picocli.CommandLine.Parameters;

/** {@code sync trust ENV}: records the key of an environment's host. */
@picocli.CommandLine.Command(name = "trust")
public final class TrustCommand extends Command {
  @Parameters(paramLabel = "ENV", descriptionKey = "parameter.env")
  String environment;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Trust trust =
        new Trust(
            settings,
            settings.environment(environment),
            session.surroundings(),
            session.observer(),
            session.consentAtTerminal(json));
    return new TrustResult(trust.run());
  }

  private record Json(
      String command, String status, String host, String type, String fingerprint) {}

  private record TrustResult(Trust.Shown shown) implements Result {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return new Json(
          "trust",
          shown.recorded() ? "applied" : "unchanged",
          shown.host(),
          shown.type(),
          shown.fingerprint());
    }

    @Override
    public void print(Page page) {
      page.text(shown.recorded() ? "result.trusted" : "result.trusted-before", shown.host());
    }
  }
}
