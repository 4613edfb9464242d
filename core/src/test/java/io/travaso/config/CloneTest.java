package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloneTest {

  @Test
  void namesTheTablesThatAreEmpty() {
    SyncConfig config =
        Sample.read(Sample.LEAST + "clone: {empty: [django_session, admin.LogEntry]}\n");

    assertThat(config.cloning().empty())
        .containsExactly(new TableName(null, "django_session"), new TableName("admin", "LogEntry"));
    assertThat(Sample.read(Sample.LEAST).cloning()).isEqualTo(CloneSettings.NONE);
    assertThat(Sample.read(Sample.LEAST + "clone: {empty: django_session}\n").cloning().empty())
        .hasSize(1);
  }

  @Test
  void findsEveryMistake() {
    assertThat(Sample.problems(Sample.LEAST + "clone: {empty: [a, a, a.b.c, ''], emtpy: [b]}\n"))
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).contains("clone.empty", "names a twice"),
            p -> assertThat(p).contains("clone.empty", "is not the name of a table"),
            p -> assertThat(p).contains("clone.empty", "has no value"),
            p -> assertThat(p).contains("clone.emtpy", "did you mean \"empty\"?"));
    assertThat(Sample.problems(Sample.LEAST + "clone: [django_session]\n"))
        .singleElement()
        .asString()
        .contains("not a group of keys");
  }

  @Test
  void goesToTheEnvironmentsHost() {
    SyncConfig here = Sample.read(Sample.EXAMPLE + "clone: {empty: [\"a.b\", '\"odd.name\"']}\n");
    SyncConfig there =
        SyncConfig.parse(
            here.forEnvironment("prod"),
            Path.of("/srv/mygest/sync/sync-config/sync.yaml"),
            Sample.surroundings(Map.of()));

    assertThat(there.cloning()).isEqualTo(here.cloning());
    assertThat(here.forEnvironment("prod")).contains("clone:");
    assertThat(Sample.read(Sample.EXAMPLE).forEnvironment("prod")).doesNotContain("clone:");
  }
}
