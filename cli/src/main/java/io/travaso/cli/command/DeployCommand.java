package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.cli.output.Result;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Parameters;

/** {@code sync deploy ENV}: puts this tool on an environment's host. */
@picocli.CommandLine.Command(name = "deploy")
public final class DeployCommand extends Command {
  @Parameters(paramLabel = "ENV", descriptionKey = "parameter.env")
  String environment;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Launch launch = session.launch();
    Deployment deployment =
        new Deployment(
            settings,
            settings.environment(environment),
            launch.surroundings(),
            launch.version(),
            jar(launch),
            script("sync"),
            script("rollback-last-sync"),
            session.observer(),
            launch.clock());
    return new DeployResult(deployment.run());
  }

  private static Path jar(Launch launch) {
    return launch
        .jar()
        .orElseThrow(
            () ->
                SyncException.failed(
                    "This tool does not run from its jar, so there is nothing to deploy",
                    "Build it with mvn package, and use scripts/sync."));
  }

  /** A script of {@code scripts/}, which the build puts into the jar. */
  private static byte[] script(String name) {
    String resource = "/io/travaso/cli/scripts/" + name;
    try (InputStream in = DeployCommand.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("Reading " + resource, e);
    }
  }
}
