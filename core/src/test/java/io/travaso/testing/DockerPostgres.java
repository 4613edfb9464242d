package io.travaso.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server in a container, removed by Testcontainers when the JVM ends. */
record DockerPostgres(GenericContainer<?> container, String adminPassword)
    implements RunningServer {
  /** Names another image, which is then taken before any other way to a server. */
  static final String VARIABLE = "TRAVASO_TEST_POSTGRES_IMAGE";

  static final String IMAGE = Optional.ofNullable(System.getenv(VARIABLE)).orElse("postgres:17");
  private static final int PORT = 5432;

  static boolean isWanted() {
    return System.getenv(VARIABLE) != null;
  }

  static DockerPostgres start() {
    String password = RunningServer.randomPassword();
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withEnv("POSTGRES_PASSWORD", password)
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200")
            .withExposedPorts(PORT)
            // The image starts the server twice: first to set it up, then in earnest.
            .waitingFor(
                Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2)
                    .withStartupTimeout(Duration.ofMinutes(2)));
    container.start();
    return new DockerPostgres(container, password);
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
    return "postgres";
  }

  @Override
  public String adminDatabase() {
    return "postgres";
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
