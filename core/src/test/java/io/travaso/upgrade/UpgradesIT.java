package io.travaso.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.upgrade.UpgradeState.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades of a real application in containers; every test leaves it as it was. */
class UpgradesIT {
  private static final String SERVICE = UpgradeSample.SERVICE;

  @TempDir static Path folder;
  private static UpgradeSample sample;

  private List<String> before = List.of();
  private int migrations;

  @BeforeAll
  static void start() throws IOException {
    sample = UpgradeSample.start(folder);
    sample.compose().upload("picture", "of version 1");
  }

  @AfterAll
  static void stop() {
    if (sample != null) {
      sample.close();
    }
  }

  @BeforeEach
  void remember() {
    before = sample.everything();
    migrations = sample.compose().migrations().size();
  }

  private static UpgradeState run(String tag) {
    return sample.upgrades().run(SERVICE, sample.runbook(), tag, false, Progress.SILENT);
  }

  private static UpgradeState rollback() {
    return sample.upgrades().rollback(SERVICE, true, Progress.SILENT);
  }

  private void assertAllIsAsBefore() {
    assertThat(sample.everything()).isEqualTo(before);
    assertThat(sample.upgrades().unfinished()).isEmpty();
  }

  private int begunMigrations() {
    return sample.compose().migrations().size() - migrations;
  }

  @Test
  void anUpgradeThatWorksAndIsTakenBackLater() throws IOException {
    UpgradeSample.Told told = new UpgradeSample.Told(new ArrayList<>());
    UpgradePlan plan = sample.upgrades().plan(SERVICE, sample.runbook(), "2", told);
    assertThat(plan.findings()).noneMatch(it -> it.isProblem());
    assertThat(plan.steps()).hasSize(9);
    assertThat(plan.releaseNotes()).isEqualTo("https://example.org/notes/2");
    assertThat(sample.everything()).isEqualTo(before);

    UpgradeState done = sample.upgrades().run(SERVICE, sample.runbook(), "2", false, told);

    assertThat(done.status()).isEqualTo(Status.DONE);
    assertThat(told.lines()).filteredOn(it -> it.matches("[1-9]/9 .*")).hasSize(9);
    assertThat(sample.compose().get("/health")).startsWith("200 {\"version\": 2, \"schema\": 2");
    assertThat(sample.compose().get("/notes")).contains("written by version 2");
    assertThat(sample.compose().get("/upload/picture")).isEqualTo("200 of version 1");
    assertThat(UpgradeSample.read(sample.compose().file()))
        .isEqualTo(before.get(2).replace("travaso-test/app:1\"", "travaso-test/app:2\""));
    assertThat(begunMigrations()).isEqualTo(1);
    Path state = sample.backups().resolve("upgrades/notes.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rw-------");
    assertNoSecretIn(state);

    assertThat(run("2").status()).isEqualTo(Status.UNCHANGED);
    assertThat(sample.upgrades().plan(SERVICE, sample.runbook(), "2", told).nothingToDo()).isTrue();

    SyncException refused =
        catchThrowableOfType(
            SyncException.class, () -> sample.upgrades().rollback(SERVICE, false, Progress.SILENT));
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.what()).contains("what its users wrote in that time would be lost");
    assertThat(refused.hint()).contains("--lose-writes");
    assertThat(rollback().status()).isEqualTo(Status.ROLLED_BACK);
    assertAllIsAsBefore();
    assertThat(begunMigrations()).isEqualTo(1);
  }

  private static void assertNoSecretIn(Path file) {
    for (String key : List.of("DB_PASSWORD", "POSTGRES_PASSWORD")) {
      assertThat(UpgradeSample.read(file)).doesNotContain(sample.compose().secret(key));
    }
  }

  @Test
  void aMigrationThatBreaksIsTakenBackByItself() {
    UpgradeSample.Told told = new UpgradeSample.Told(new ArrayList<>());
    UpgradeState state = sample.upgrades().run(SERVICE, sample.runbook(), "3", true, told);

    assertThat(state.status()).isEqualTo(Status.ROLLED_BACK);
    assertThat(state.error()).contains("6/9 migrate failed").contains("ended with status 1");
    assertThat(state.errorTail()).anyMatch(it -> it.contains("app_writer"));
    assertThat(told.lines()).anyMatch(it -> it.startsWith("back 4/6 restore: main, uploads"));
    assertNoSecretIn(sample.backups().resolve("upgrades/notes.json"));
    assertAllIsAsBefore();
    assertThat(begunMigrations()).isEqualTo(1);
  }

  @Test
  void aMigrationOfWhichNobodyKnowsTheEndIsOnlyTakenBack() throws IOException {
    killMidway("begin MIGRATE");
    assertThat(sample.upgrades().unfinished()).hasSize(1);
    assertThat(sample.isRunning()).isFalse();

    SyncException again = catchThrowableOfType(SyncException.class, () -> run("2"));
    assertThat(again.kind()).isEqualTo(Kind.REFUSED);
    assertThat(again.what()).contains("nobody knows how it ended");
    assertThat(again.hint()).contains("sync upgrade notes --rollback");
    SyncException other = catchThrowableOfType(SyncException.class, () -> run("3"));
    assertThat(other.kind()).isEqualTo(Kind.REFUSED);
    assertThat(other.what()).contains("is not finished; to 3 comes later");

    // Nobody could write: no consent is needed.
    UpgradeState back = sample.upgrades().rollback(SERVICE, false, Progress.SILENT);
    assertThat(back.status()).isEqualTo(Status.ROLLED_BACK);
    assertAllIsAsBefore();
    assertThat(begunMigrations()).isZero();
  }

  /** A process of its own, and kill -9. */
  private static void killMidway(String place) throws IOException {
    UpgradeSample.write(folder.resolve("notes.yaml"), sample.runbook());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                UpgradeMain.class.getName(),
                folder.toString(),
                place)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo(place);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.onExit().join().exitValue()).isEqualTo(128 + 9);
  }

  /** What a process that is killed does not live to see. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Every place is the end once; whoever comes next knows where to go on. */
  private static List<String> places(Stream<String> steps) {
    return steps.map(it -> "end " + it).toList();
  }

  @Test
  void killedBetweenAnyTwoStepsItGoesOnAndSoDoesTheWayBack() {
    for (String place : places(Stream.of(UpgradeStep.values()).skip(1).map(UpgradeStep::name))) {
      if (place.equals("end SMOKE")) {
        assertThatASmokeCheckStopsIt();
      }
      kill(place);
    }
    assertThat(run("2").status()).isEqualTo(Status.DONE);
    assertThat(sample.compose().get("/health")).startsWith("200 {\"version\": 2, \"schema\": 2");
    assertThat(begunMigrations()).isEqualTo(1);

    for (String place : places(Stream.of(RollbackStep.values()).map(RollbackStep::name))) {
      Upgrades killed = sample.upgrades(killer(place));
      assertThat(
              catchThrowableOfType(
                  Killed.class, () -> killed.rollback(SERVICE, true, Progress.SILENT)))
          .as(place)
          .isNotNull();
    }
    assertThat(rollback().status()).isEqualTo(Status.ROLLED_BACK);
    assertAllIsAsBefore();
  }

  private static void kill(String place) {
    assertThat(
            catchThrowableOfType(
                Killed.class,
                () ->
                    sample
                        .upgrades(killer(place))
                        .run(SERVICE, sample.runbook(), "2", false, Progress.SILENT)))
        .as(place)
        .isNotNull();
  }

  private static void assertThatASmokeCheckStopsIt() {
    String wrong = sample.runbook("204");
    SyncException failure =
        catchThrowableOfType(
            SyncException.class,
            () -> sample.upgrades().run(SERVICE, wrong, "2", false, Progress.SILENT));
    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure.what()).contains("8/9 smoke checks failed", "the status is 200, not 204");
    assertThat(failure.hint()).contains("--rollback", "sync upgrade notes --to 2");
    assertThat(sample.isRunning()).isFalse();
  }

  private static Steps.Hook killer(String place) {
    return reached -> {
      if (reached.equals(place)) {
        throw new Killed();
      }
    };
  }
}
