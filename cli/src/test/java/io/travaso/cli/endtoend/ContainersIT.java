package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import io.travaso.testing.Engine;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prod's database in a docker compose project, without a port to the outside. */
class ContainersIT {
  private static ComposeSample sample;

  @TempDir Path vps;

  @BeforeAll
  static void start() {
    sample = ComposeSample.start(DockerEngine.get(), false, "django-db", "maria-db");
  }

  @AfterAll
  static void remove() {
    if (sample != null) {
      sample.close();
    }
  }

  private static Project everyday(Engine engine) {
    return Project.local(
            Office.dev(engine.shared()).everydayOfDev(),
            Office.prod(sample.server(engine)).everydayOfProd())
        .inContainer(sample);
  }

  @ParameterizedTest
  @EnumSource
  void bothWaysAndBack(Engine engine) throws IOException {
    try (Project project = everyday(engine)) {
      project.sync("doctor").exits(0).says("alike on both sides").doesNotSay("red");
      goesBothWaysAndBack(project);
      assertThat(Secrets.filesWith(project.prod().database().password(), project.folder()))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void bothWaysAndBackOnAnotherHost(Engine engine) throws IOException {
    Path home = vps.toRealPath();
    try (SshServer ssh = ssh(home);
        Project project = everyday(engine)) {
      String password = project.prod().database().password();
      Path dotenv = Files.writeString(home.resolve(".env"), "DB_PASSWORD=" + password + "\n");
      project
          .overSsh(ssh, ssh.clientKey(), ssh.knownHosts(), home.resolve("sync"), dotenv)
          .variable("PROD_PASSWORD", "not known here")
          // The developer's machine has no part in it.
          .variable("DOCKER_HOST", "unix:///nonexistent");
      project.sync("deploy", "prod").exits(0).says("it works there", "prod: backups with");
      goesBothWaysAndBack(project);
      for (Path folder : List.of(home.resolve("sync"), project.folder())) {
        assertThat(Secrets.filesWith(password, folder)).isEmpty();
      }
    }
  }

  private static SshServer ssh(Path home) {
    SshServer.Builder builder =
        SshServer.builder()
            .home(home)
            .environment("XDG_CACHE_HOME", Project.cache())
            .environment("PATH", System.getenv("PATH"));
    DockerEngine.environment().forEach(builder::environment);
    return builder.start();
  }

  private static void goesBothWaysAndBack(Project project) {
    Map<String, List<String>> before = project.prod().rows();
    project.sync("dev-to-prod", "--dry-run", "--json").exits(0).counts(2, 1, 0, 119, 1);
    assertThat(project.prod().rows()).isEqualTo(before);

    project.sync("dev-to-prod", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);
    assertThat(project.prod().customer(101)).containsExactly("101|C101|Nuovo|48.50|anna");
    project.sync("rollback-last-sync", "--env", "prod", "--force").exits(0);
    assertThat(project.prod().rows()).isEqualTo(before);

    project.sync("prod-to-dev", "--force", "--json").exits(0).counts(1, 1, 0, 119, 2);
    assertThat(project.dev().customer(102)).hasSize(1);
  }

  @Test
  void aPublishedPortServesAsWellAndAStoppedContainerIsTold() {
    try (ComposeSample published = ComposeSample.start(DockerEngine.get(), true, "django-db");
        Project project =
            Project.local(
                Office.dev(Engine.POSTGRESQL.shared()).everydayOfDev(),
                Office.prod(published.server(Engine.POSTGRESQL)).everydayOfProd())) {
      project.inContainer(published);
      project.sync("dev-to-prod", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);

      published.compose("stop", "-t", "0", "django-db");
      project.sync("dev-to-prod", "--force").exits(6).says("django-db", "not run");
      published.compose("start", "django-db");
      published.ready(Engine.POSTGRESQL);
      project.sync("dev-to-prod", "--json").exits(0).status("unchanged");
    }
  }
}
