package io.travaso.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.config.ContainerSettings;
import io.travaso.host.CommandResult;
import io.travaso.host.LocalHost;
import io.travaso.host.RunningCommand;
import io.travaso.testing.ComposeSample;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers and compose projects of a real engine, and programs inside them. */
class ContainerIT {
  private static final io.travaso.testing.DockerEngine TESTS =
      io.travaso.testing.DockerEngine.get();
  private static ComposeSample sample;
  private static DockerEngine engine;

  @BeforeAll
  static void start() {
    sample = ComposeSample.start(TESTS, false, "django-db");
    engine = DockerEngine.find(new LocalHost());
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  private static ComposeProject project() {
    return engine.project(sample.file().toString(), null);
  }

  private static Container database() {
    return project().container(ComposeSample.service(Engine.POSTGRESQL));
  }

  @Test
  void aServiceIsFoundAndDescribed() {
    Container container = database();

    assertThat(container.id()).isEqualTo(sample.container("django-db"));
    assertThat(container.name()).contains(sample.project()).contains("django-db");
    assertThat(container.image()).isEqualTo("travaso-test/postgres:15");
    assertThat(container.imageId())
        .isEqualTo(engine.image("travaso-test/postgres:15").orElseThrow().id());
    assertThat(container.digest()).isEmpty();
    assertThat(container.mounts())
        .containsExactly(
            new Mount("volume", sample.project() + "_db-data", "/var/lib/postgresql/data", true));
    assertThat(container.health()).isPresent();
    assertThat(project().services()).containsExactly("django-db");
    assertThat(
            engine.container(new ContainerSettings(null, null, null, container.name(), 5432)).id())
        .isEqualTo(container.id());
    assertThat(engine.image("travaso-test/none:1")).isEmpty();
  }

  @Test
  void whatIsNotThereIsToldWithWhatIsMeant() {
    assertThat(failure(() -> project().container("djagno-db")))
        .hasMessageContaining("there is no service djagno-db in " + sample.file())
        .extracting(SyncException::hint)
        .isEqualTo("did you mean \"django-db\"?");
    assertThat(failure(() -> engine.project("/none/docker-compose.yml", null)))
        .hasMessageContaining("there is no compose file /none/docker-compose.yml");
    String name = database().name();
    assertThat(failure(() -> engine.inspect(name + "x")))
        .extracting(SyncException::hint)
        .isEqualTo("did you mean \"" + name + "\"?");
  }

  @Test
  void aBrokenComposeFileIsToldWithoutItsValues(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("docker-compose.yml");
    Files.writeString(file, "services: {db: {image: x, environment: {PASSWORD: \"hun${ter2\"}}}\n");

    SyncException failure = failure(() -> engine.project(file.toString(), null).container("db"));
    assertThat(failure).hasMessageContaining("compose refuses the file");
    assertThat(failure.details()).isNotEmpty();
    assertThat(failure.details().toString()).doesNotContain("hun").doesNotContain("ter2");
  }

  @Test
  void programsKeepTheirStreamsAndTheirStatus(@TempDir Path folder) throws IOException {
    Path secrets =
        Files.createFile(
            folder.resolve("env"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secrets, "PGPASSWORD=it's \"se cret\" $x\n");
    Container container = database();

    CommandResult result =
        container.run(
            container.exec(
                "postgres",
                secrets,
                List.of("sh", "-c", "echo \"$PGPASSWORD\"; id -un >&2; exit $1", "sh", "7")));
    assertThat(result.exitStatus()).isEqualTo(7);
    assertThat(result.output()).isEqualTo("it's \"se cret\" $x\n");
    assertThat(result.errors()).isEqualTo("postgres\n");
    assertThat(container.run(container.exec(List.of("no-such-program"))).exitStatus())
        .isIn(126, 127);

    try (RunningCommand cat = container.start(container.exec(List.of("cat")))) {
      cat.input().write("through".getBytes(StandardCharsets.UTF_8));
      cat.input().close();
      assertThat(cat.output().readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("through");
      assertThat(cat.waitFor().exitStatus()).isZero();
    }
  }

  @Test
  void aProgramThatIsClosedEarlyEndsInsideToo() throws IOException {
    Container container = database();
    try (RunningCommand endless =
            container.start(container.exec("postgres", null, List.of("yes")));
        InputStream output = endless.output()) {
      assertThat(output.readNBytes(2)).isNotEmpty();
      assertThat(programs(container)).contains("yes");
    }
    assertThat(programs(container)).doesNotContain("yes");

    assertThat(
            failure(
                () ->
                    container.run(
                        container.exec(List.of("sleep", "4711")).within(Duration.ofSeconds(1)))))
        .hasMessageContaining("took longer");
    assertThat(programs(container)).doesNotContain("4711");
  }

  private static String programs(Container container) {
    return container.run(container.exec(List.of("ps", "ax", "-o", "args"))).output();
  }

  @Test
  void servicesStopPauseAndGoOn() {
    List<String> services = List.of("django-db");
    ComposeProject project = project();
    Container before = database();

    project.pause(services);
    assertThat(database().isPaused()).isTrue();
    assertThat(failure(() -> database().run(database().exec(List.of("true")))).hint())
        .contains("docker unpause");
    project.pause(services);
    project.unpause(services);
    project.stop(services);
    assertThat(database().isRunning()).isFalse();
    assertThat(failure(() -> before.run(before.exec(List.of("true")))))
        .hasMessageContaining("does not run (exited)")
        .extracting(SyncException::hint)
        .asString()
        .contains("docker start " + before.name());
    project.start(services);
    project.up(services);
    assertThat(database().isRunning()).isTrue();
    assertThat(database().id()).isEqualTo(before.id());
  }

  @Test
  void aSingleRunHasTheServicesVolumesAndLeavesNothing(@TempDir Path folder) throws IOException {
    Path secrets = folder.resolve("env");
    Files.writeString(secrets, "SECRET=a b$c\n");

    CommandResult result =
        project()
            .run(
                "django-db",
                "postgres",
                secrets,
                List.of(
                    "sh", "-c", "ls /var/lib/postgresql/data/PG_VERSION; echo $SECRET; exit 3"));
    assertThat(result.exitStatus()).isEqualTo(3);
    assertThat(result.output()).contains("PG_VERSION\na b$c\n");
    assertThat(TESTS.docker("ps", "-a", "--format", "{{.Names}}")).doesNotContain("travaso-run-");
    assertThat(database().isRunning()).isTrue();
  }

  @Test
  void aSingleRunThatNobodyWaitsForIsRemovedAndNothingElse() {
    String mine = "travaso-run-" + TESTS.uniqueName("run");
    String other = TESTS.uniqueName("run");
    for (String name : List.of(mine, other)) {
      TESTS.docker(
          "run",
          "-d",
          "--name",
          name,
          "--label",
          "com.docker.compose.project=" + sample.project(),
          "--entrypoint",
          "sleep",
          "travaso-test/base:1",
          "300");
    }

    assertThat(project().removeSingleRuns("django-db")).containsExactly(mine);
    assertThat(project().removeSingleRuns("django-db")).isEmpty();
    assertThat(TESTS.docker("ps", "--format", "{{.Names}}")).contains(other);
    assertThat(database().isRunning()).isTrue();
    TESTS.docker("rm", "-f", other);
  }

  @Test
  void theOverrideBesideTheFileCounts() throws IOException {
    assertThat(project().madeFromOthers("django-db")).isEmpty();
    Path override = sample.file().resolveSibling("docker-compose.override.yml");
    Files.writeString(override, "services: {django-db: {environment: {EXTRA: value}}}\n");
    try {
      assertThat(project().files()).containsExactly(sample.file().toString(), override.toString());
      assertThat(project().madeFromOthers("django-db")).contains(sample.file().toString());
    } finally {
      Files.delete(override);
    }
  }

  private static SyncException failure(Runnable work) {
    return catchThrowableOfType(SyncException.class, work::run);
  }
}
