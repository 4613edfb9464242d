package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Doctor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code sync doctor}: checks everything that a sync needs. */
@picocli.CommandLine.Command(name = "doctor")
public final class DoctorCommand extends Command {
  @Option(names = "--env", paramLabel = "NAME", descriptionKey = "option.env-only")
  @Nullable String environment;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.readConfig(config);
    List<Environment> examined =
        environment == null
            ? List.copyOf(settings.environments().values())
            : List.of(settings.environment(environment));
    try (OpenSites sites = new OpenSites(examined, session)) {
      return new DoctorResult(new Doctor(session.guard(), sites.all()).examine(session.observer()));
    }
  }
}
