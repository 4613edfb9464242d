package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.DockerEngine;
import io.travaso.testing.DockerEngine.Image;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * Servers in containers, as Testcontainers starts them where none is installed. In a process of
 * their own, which has a say in what Testcontainers may and proves that nothing is left behind.
 */
class DockerServersIT {
  private static final String DONE = "merged on ";
  private static final String SESSION = "session ";

  @TempDir Path folder;

  @Test
  void aMergeWorksOnServersInContainersAndLeavesNoneBehind()
      throws IOException, InterruptedException {
    DockerEngine docker = DockerEngine.get();
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                // Testcontainers writes to it.
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                DockerServersIT.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(variables());
    Process process = builder.start();
    try {
      process.waitFor(90, TimeUnit.SECONDS);
    } finally {
      process.destroy();
    }

    String text = Files.readString(output);
    assertThat(text).contains(DONE + "POSTGRESQL 15", DONE + "MARIADB 10.11");
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(containers(docker, session(text))).isEmpty();
  }

  private static List<String> containers(DockerEngine docker, String session) {
    return docker
        .docker("ps", "-a", "-q", "--filter", "label=org.testcontainers.sessionId=" + session)
        .lines()
        .toList();
  }

  private static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("TRAVASO_TEST_POSTGRES_IMAGE", Image.POSTGRESQL.reference());
    variables.put("TRAVASO_TEST_MARIADB_IMAGE", Image.MARIADB.reference());
    // Both would fetch small images: for a helper that removes containers of processes that were
    // killed, and, where it takes the machine for a container, for the way to the engine's host.
    variables.put("TESTCONTAINERS_RYUK_DISABLED", "true");
    variables.put("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
    return variables;
  }

  private static String session(String text) {
    return text.lines()
        .filter(line -> line.startsWith(SESSION))
        .map(line -> line.substring(SESSION.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text));
  }

  /** What runs in that process. */
  public static void main(String[] arguments) {
    System.out.println(SESSION + DockerClientFactory.SESSION_ID);
    for (Engine engine : Engine.values()) {
      try (Pair pair = Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(20))")) {
        pair.source("INSERT INTO t VALUES (1, 'new')");
        pair.target("INSERT INTO t VALUES (2, 'own')");
        pair.merges("t +1 ~0 -0 =0 *1");
        assertThat(pair.target.table("t")).hasSize(2);
      }
      System.out.println(DONE + engine + " " + engine.shared().version());
    }
    assertThat(containers(DockerEngine.get(), DockerClientFactory.SESSION_ID)).hasSize(2);
  }
}
