package io.travaso.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;

/**
 * Finds a PostgreSQL for the tests, in this order: the server {@code TRAVASO_TEST_PG_URL} names,
 * the newest one installed on this machine, Docker, the binaries the build fetched from Maven
 * Central.
 */
final class PostgresSearch {
  static final String URL_VARIABLE = "TRAVASO_TEST_PG_URL";

  private PostgresSearch() {}

  /** A running server; if there is none to be had, the reason for each of the four ways. */
  static RunningServer server() {
    String url = System.getenv(URL_VARIABLE);
    if (url != null && !url.isBlank()) {
      return GivenServer.at(url, URL_VARIABLE, 5432, "postgres");
    }
    if (DockerPostgres.isWanted()) {
      return DockerPostgres.start();
    }
    Optional<PostgresBinaries> installed = PostgresBinaries.installed().stream().findFirst();
    if (installed.isPresent()) {
      return PostgresCluster.start(installed.get());
    }
    IllegalStateException nothingFound = nothingFound();
    if (DockerClientFactory.instance().isDockerAvailable()) {
      try {
        return DockerPostgres.start();
      } catch (ContainerLaunchException | ContainerFetchException e) {
        // Docker without a way to the image: told only if the last way fails as well.
        nothingFound.addSuppressed(e);
      }
    }
    return PostgresCluster.start(
        PostgresBinaries.newestFromMaven().orElseThrow(() -> nothingFound));
  }

  /** The programs for a server of the test's own. */
  static PostgresBinaries binaries() {
    return PostgresBinaries.installed().stream()
        .findFirst()
        .or(PostgresBinaries::newestFromMaven)
        .orElseThrow(PostgresSearch::nothingFound);
  }

  private static IllegalStateException nothingFound() {
    List<String> ways = new ArrayList<>();
    ways.add("No PostgreSQL for the tests. There are four ways to have one:");
    ways.add("1. set " + URL_VARIABLE + "=postgresql://superuser:password@host:port/postgres");
    ways.add("2. install it: apt-get install postgresql, or brew install postgresql");
    ways.add("3. start Docker; the tests then run the image " + DockerPostgres.IMAGE);
    ways.add("4. let Maven fetch the binaries: mvn -pl core process-test-resources");
    return new IllegalStateException(String.join("\n  ", ways));
  }
}
