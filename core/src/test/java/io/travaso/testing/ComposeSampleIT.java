package io.travaso.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ComposeSampleIT {

  @Test
  void theApplicationMigratesToItsSecondVersionAndBreaksOnTheWayToItsThird() {
    DockerEngine docker = DockerEngine.get();
    String project;
    try (ComposeSample sample = ComposeSample.start(docker)) {
      project = sample.project();
      assertThat(sample.health())
          .isEqualTo("200 {\"version\": 1, \"schema\": 1, \"maintenance\": false}");
      sample.upload("letter.txt", "Gentile cliente");
      for (Engine engine : Engine.values()) {
        try (TestDatabase database = sample.server(engine).newDatabase()) {
          database.execute("CREATE TABLE t (id int)");
          assertThat(database.tables()).hasSize(1);
        }
      }
      assertThat(sample.migrations()).isEmpty();

      change(sample, ":1", ":2");
      assertThat(sample.health()).startsWith("503 ");
      sample.exec("app", "python3", "app.py", "migrate");
      sample.awaitHealth();
      assertThat(sample.get("/notes")).startsWith("200 ").contains("written by version 2");
      sample.exec("app", "python3", "app.py", "maintenance", "on");
      assertThat(sample.get("/upload/letter.txt")).startsWith("503 ");
      sample.exec("app", "python3", "app.py", "maintenance", "off");

      change(sample, ":2", ":3");
      assertThatThrownBy(() -> sample.exec("app", "python3", "app.py", "migrate"))
          .hasMessageContaining("Migration failed: relation \"app_writer\" does not exist");
      assertThat(sample.health()).startsWith("503 ").contains("\"schema\": 2");
      assertThat(sample.get("/upload/letter.txt")).isEqualTo("200 Gentile cliente");
      assertThat(sample.migrations()).containsExactly("1 to 2", "2 to 3");
      change(sample, ":3", ":2");
      assertThat(sample.health()).startsWith("503 ").contains("author");
    }
    assertThat(docker.docker("ps", "-a", "--format", "{{.Names}}")).doesNotContain(project);
    assertThat(docker.docker("volume", "ls", "-q")).doesNotContain(project);
  }

  private static void change(ComposeSample sample, String from, String to) {
    sample.retag("app" + from, "app" + to);
    sample.compose("up", "-d", "app");
  }
}
