package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.ServiceFlow;
import io.travaso.site.Site;
import picocli.CommandLine.Parameters;

/** {@code sync resume}: lets a service go on that was left holding still. */
@picocli.CommandLine.Command(name = "resume")
public final class ResumeCommand extends HoldingCommand {
  @Parameters(index = "0", paramLabel = "SERVICE", descriptionKey = "parameter.service")
  String service = "";

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    try (Site site =
        session.open(ServiceChoice.environment(settings, ServiceChoice.named(settings, service)))) {
      return new OperationResult(new ServiceFlow(site, session.observer()).resume(service));
    }
  }
}
