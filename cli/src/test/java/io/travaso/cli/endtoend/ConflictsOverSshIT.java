package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both sides changed, with prod on another host. */
@Tag("night")
class ConflictsOverSshIT {
  @TempDir Path vps;
  private SshServer ssh;
  private Project project;

  @BeforeEach
  void open() throws IOException {
    vps = vps.toRealPath();
    ssh =
        SshServer.builder()
            .home(vps)
            .environment("XDG_CACHE_HOME", Project.cache())
            .environment("PATH", System.getenv("PATH"))
            .start();
    project = Project.everyday(Engine.POSTGRESQL, Engine.POSTGRESQL);
    project.overSsh(
        ssh, ssh.clientKey(), ssh.knownHosts(), vps.resolve("sync"), vps.resolve(".env"));
    Files.writeString(
        vps.resolve(".env"), "DB_PASSWORD=" + project.prod().database().password() + "\n");
    project.variable("PROD_PASSWORD", "not known here");
    project.more("on-conflict: stop\n").sync("deploy", "prod").exits(0);
  }

  @AfterEach
  void close() {
    project.close();
    ssh.close();
  }

  private List<String> givenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(vps)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("given_") || name.startsWith("plan"))
          .toList();
    }
  }

  @Test
  void conflictsAreListedHereAndDecidedThere() throws IOException {
    project.sync("dev-to-prod", "--force").exits(0);
    project.dev().execute("UPDATE clienti_cliente SET tariffa = 31 WHERE id = 3");
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 32 WHERE id = 3");

    JsonNode result = project.sync("dev-to-prod", "--force", "--json").exits(4).result();
    assertThat(result.path("conflicts").get(0).path("target").asText()).isEqualTo("32.00");
    assertThat(Path.of(result.path("conflictsFile").asText())).isRegularFile();

    project.sync("resolve", "dev-to-prod", "--output", "decide.yaml").exits(0);
    Path file = project.folder().resolve("decide.yaml");
    Files.writeString(file, Project.read(file).replace("take: \n", "take: source\n"));
    project.sync("dev-to-prod", "--force", "--decisions", "decide.yaml").exits(0);
    assertThat(project.prod().customer(3).get(0)).contains("|31.00|");
  }

  @Test
  void aSavedPlanIsAppliedThereAndItsFixtureNotLeftThere() throws IOException {
    project.sync("dev-to-prod", "--dry-run", "--save-plan", "plan.json").exits(0);
    project.sync("apply", "plan.json", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);
    assertThat(givenFiles()).isEmpty();

    project.sync("apply", "plan.json", "--force").exits(5).says("the two sides synced since");
    assertThat(givenFiles()).isEmpty();
    project.sync("dev-to-prod", "--json").exits(0).status("unchanged");
  }
}
