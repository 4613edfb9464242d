package io.travaso.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;

/**
 * Finds a MariaDB for the tests, in this order: the server {@code TRAVASO_TEST_MARIADB_URL} names,
 * the newest one installed on this machine, Docker, the binaries the build fetched from Maven
 * Central.
 */
final class MariaDbSearch {
  static final String URL_VARIABLE = "TRAVASO_TEST_MARIADB_URL";

  private MariaDbSearch() {}

  /** A running server; if there is none to be had, the reason for each of the four ways. */
  static RunningServer server() {
    String url = System.getenv(URL_VARIABLE);
    if (url != null && !url.isBlank()) {
      return GivenServer.at(url, URL_VARIABLE, 3306, "information_schema");
    }
    if (DockerMariaDb.isWanted()) {
      return DockerMariaDb.start();
    }
    Optional<MariaDbBinaries> installed = MariaDbBinaries.installed().stream().findFirst();
    if (installed.isPresent()) {
      return MariaDbInstance.start(installed.get());
    }
    IllegalStateException nothingFound = nothingFound();
    if (DockerClientFactory.instance().isDockerAvailable()) {
      try {
        return DockerMariaDb.start();
      } catch (ContainerLaunchException | ContainerFetchException e) {
        // Docker without a way to the image: told only if the last way fails as well.
        nothingFound.addSuppressed(e);
      }
    }
    return MariaDbInstance.start(MariaDbBinaries.newestFromMaven().orElseThrow(() -> nothingFound));
  }

  /** The programs for a server of the test's own. */
  static MariaDbBinaries binaries() {
    return MariaDbBinaries.installed().stream()
        .findFirst()
        .or(MariaDbBinaries::newestFromMaven)
        .orElseThrow(MariaDbSearch::nothingFound);
  }

  private static IllegalStateException nothingFound() {
    List<String> ways = new ArrayList<>();
    ways.add("No MariaDB for the tests. There are four ways to have one:");
    ways.add("1. set " + URL_VARIABLE + "=mariadb://root:password@host:port");
    ways.add("2. install it: apt-get install mariadb-server, or brew install mariadb");
    ways.add("3. start Docker; the tests then run the image " + DockerMariaDb.IMAGE);
    ways.add("4. on Linux on amd64, let Maven fetch the binaries: mvn verify does");
    return new IllegalStateException(String.join("\n  ", ways));
  }
}
