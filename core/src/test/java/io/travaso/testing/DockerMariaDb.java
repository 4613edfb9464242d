package io.travaso.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server in a container, removed by Testcontainers when the JVM ends. */
record DockerMariaDb(GenericContainer<?> container, String adminPassword) implements RunningServer {
  /** Names another image, which is then taken before any other way to a server. */
  static final String VARIABLE = "TRAVASO_TEST_MARIADB_IMAGE";

  static final String IMAGE = Optional.ofNullable(System.getenv(VARIABLE)).orElse("mariadb:11.4");
  private static final int PORT = 3306;

  static boolean isWanted() {
    return System.getenv(VARIABLE) != null;
  }

  static DockerMariaDb start() {
    String password = RunningServer.randomPassword();
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withEnv("MARIADB_ROOT_PASSWORD", password)
            .withCommand(MariaDbInstance.SETTINGS.toArray(String[]::new))
            .withExposedPorts(PORT)
            // The image starts the server twice; the first time, to set it up, on no port.
            .waitingFor(
                Wait.forLogMessage(".*port: " + PORT + " .*\\s", 1)
                    .withStartupTimeout(Duration.ofMinutes(2)));
    container.start();
    return new DockerMariaDb(container, password);
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return container.getMappedPort(PORT);
  }

  @Override
  public String adminUser() {
    return "root";
  }

  @Override
  public String adminDatabase() {
    return "information_schema";
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
    throw new IllegalStateException("Not restarted: a container would come back on another port");
  }

  @Override
  public void stop() {
    container.stop();
  }
}
