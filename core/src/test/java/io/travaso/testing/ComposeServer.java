package io.travaso.testing;

import java.nio.file.Path;
import java.util.Optional;

/** The server of a compose project's service, reached at its container's own address. */
record ComposeServer(ComposeSample sample, Engine engine) implements RunningServer {

  /** Asked each time: a container that was made anew has another. */
  @Override
  public String host() {
    return sample.address(ComposeSample.service(engine));
  }

  @Override
  public int port() {
    return ComposeSample.port(engine);
  }

  @Override
  public String adminUser() {
    return ComposeSample.administrator(engine);
  }

  @Override
  public String adminPassword() {
    return sample.administratorsPassword(engine);
  }

  @Override
  public String adminDatabase() {
    return engine == Engine.POSTGRESQL ? "postgres" : "information_schema";
  }

  @Override
  public Optional<Path> binDirectory() {
    return Optional.empty();
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void restart() {
    sample.compose("restart", "-t", "0", ComposeSample.service(engine));
    sample.ready(engine);
  }

  @Override
  public void stop() {
    // It goes with its project.
  }
}
