package io.travaso.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.service.Quiesced.Reason;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of services on a real engine, with real databases and files. */
class ServiceBackupsIT {
  private static ComposedOffice office;

  @BeforeAll
  static void start() {
    office = ComposedOffice.shared();
  }

  @BeforeEach
  void fill() {
    office.fill("first");
  }

  @Test
  void saysWhatItHolds() throws IOException {
    ServiceBackup backup =
        office.backups().take("office", null, /* leaveQuiesced= */ false, office.progress());
    ServiceManifest manifest = backup.contents();

    assertThat(manifest.service()).isEqualTo("office");
    assertThat(manifest.environment()).isEqualTo("prod");
    assertThat(manifest.heldMillis()).isPositive();
    assertThat(manifest.databases())
        .extracting(ServiceManifest.Database::name)
        .containsExactly("main", "archive");
    assertThat(manifest.databases().get(0).serverVersion()).startsWith("15.");
    assertThat(manifest.images())
        .extracting(ServiceManifest.Image::service, ServiceManifest.Image::image)
        .contains(org.assertj.core.groups.Tuple.tuple("app", "travaso-test/app:1"));
    assertThat(manifest.images()).allSatisfy(it -> assertThat(it.id()).startsWith("sha256:"));
    String text = Files.readString(Path.of(backup.directory(), "manifest.json"));
    for (String key : List.of("POSTGRES_PASSWORD", "MARIADB_ROOT_PASSWORD")) {
      assertThat(text).doesNotContain(office.sample.secret(key));
    }
    assertThat(office.isInMaintenance()).isFalse();
    assertThat(office.files("office"))
        .contains(backup.name())
        .allMatch(it -> !it.endsWith(".part"));
    assertThat(office.backups().quiesced()).isEmpty();
    assertThat(office.backups().find(backup.name()).contents()).isEqualTo(manifest);
    assertThat(office.backups().check("office")).noneMatch(Finding::isProblem);
  }

  @Test
  void aFailureLetsTheServiceGoOnAndLeavesNothing() {
    TestDatabase database = office.database(Engine.POSTGRESQL);
    List<String> before = office.files("office");
    database.executeAsAdmin("CREATE TABLE forbidden (id int)");
    try {
      SyncException failure =
          catchThrowableOfType(
              SyncException.class,
              () -> office.backups().take("office", null, false, office.progress()));

      assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      assertThat(failure.what() + failure.details()).contains("forbidden");
    } finally {
      database.executeAsAdmin("DROP TABLE forbidden");
    }
    assertThat(office.isInMaintenance()).isFalse();
    assertThat(office.files("office")).isEqualTo(before);
    assertThat(office.backups().quiesced()).isEmpty();
  }

  @Test
  void whatAKilledBackupLeftIsToldAndTidiedUp() throws Exception {
    TestDatabase database = office.database(Engine.POSTGRESQL);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(database.lock("paper"));
      Process process = KilledMain.start(office.config, "office");
      ComposedOffice.await(() -> !database.waiting().isEmpty());
      process.destroyForcibly().waitFor();
      assertThat(office.isInMaintenance()).isTrue();
      assertThat(office.files("office")).anyMatch(it -> it.endsWith(".part"));
      assertThat(office.backups().quiesced())
          .singleElement()
          .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.READ));
      assertThat(office.backups().check("office"))
          .filteredOn(Finding::isProblem)
          .singleElement()
          .satisfies(it -> assertThat(it.hint()).isEqualTo("let it go on: sync resume office"));
      connection.rollback();
    }

    office.backups().take("office", null, false, office.progress());

    assertThat(office.told).contains("office was left holding still by a command that was cut off");
    assertThat(office.isInMaintenance()).isFalse();
    assertThat(office.files("office")).noneMatch(it -> it.endsWith(".part"));
    assertThat(office.backups().quiesced()).isEmpty();
  }

  @Test
  void stopsOrPausesWhatRunsAndNothingElse() {
    ServiceBackup backup = office.backups().take("paused", null, true, Progress.SILENT);
    assertThat(backup.quiesced()).isTrue();
    assertThat(office.state("app")).isEqualTo("paused");
    assertThat(office.backups().resume("paused", Progress.SILENT)).containsExactly("app");
    assertThat(office.state("app")).isEqualTo("running");

    office.backups().take("stopped", null, true, Progress.SILENT);
    assertThat(office.state("app")).isEqualTo("exited");
    // What is held on purpose is read as it stands, and stays so.
    office.backups().take("stopped", null, false, Progress.SILENT);
    assertThat(office.state("app")).isEqualTo("exited");
    assertThat(office.backups().resume("stopped", Progress.SILENT)).containsExactly("app");
    assertThat(office.state("app")).isEqualTo("running");
    assertThat(office.backups().resume("stopped", Progress.SILENT)).isEmpty();

    office.sample.docker().docker("stop", "-t", "0", office.sample.container("app"));
    try {
      office.backups().take("stopped", null, false, Progress.SILENT);
      assertThat(office.state("app")).isEqualTo("exited");
    } finally {
      office.sample.docker().docker("start", office.sample.container("app"));
    }
  }

  @Test
  void refusesBeforeAnythingHoldsStill() {
    assertThatThrownBy(() -> office.backups().take("offise", null, false, Progress.SILENT))
        .isInstanceOf(SyncException.class)
        .extracting(e -> ((SyncException) e).hint())
        .isEqualTo("did you mean \"office\"?");
    assertThatThrownBy(() -> office.backups().take("office", "offsite", false, Progress.SILENT))
        .hasMessageContaining("there is no place \"offsite\"");
    office.sample.docker().docker("pause", office.sample.container("maria-db"));
    try {
      assertThatThrownBy(() -> office.backups().take("office", null, false, Progress.SILENT))
          .hasMessageContaining("is paused");
      assertThat(office.isInMaintenance()).isFalse();
    } finally {
      office.sample.docker().docker("unpause", office.sample.container("maria-db"));
    }
  }

  @Test
  void anInterruptLetsTheServiceGoOnToo() throws Exception {
    TestDatabase database = office.database(Engine.POSTGRESQL);
    AtomicReference<SyncException> failure = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(database.lock("paper"));
      Thread worker =
          new Thread(
              () -> {
                failure.set(
                    catchThrowableOfType(
                        SyncException.class,
                        () -> office.backups().take("office", null, false, Progress.SILENT)));
                stillInterrupted.set(Thread.currentThread().isInterrupted());
              });
      worker.start();
      ComposedOffice.await(() -> !database.waiting().isEmpty());
      assertThat(office.isInMaintenance()).isTrue();
      worker.interrupt();
      worker.join();
      connection.rollback();
    }

    assertThat(Objects.requireNonNull(failure.get()).kind()).isEqualTo(Kind.INTERRUPTED);
    assertThat(stillInterrupted).isTrue();
    assertThat(office.isInMaintenance()).isFalse();
    assertThat(office.files("office")).noneMatch(it -> it.endsWith(".part"));
    assertThat(office.backups().quiesced()).isEmpty();
  }

  @Test
  void whatIsHalfOfEachNeverGoesOnByItself() {
    String name = office.backups().take("stopped", null, false, Progress.SILENT).name();
    office.app("echo later > /data/later");
    String before =
        office
            .backups()
            .take("stopped", BackupPurpose.PRE_RESTORE, null, false, Progress.SILENT)
            .name();
    office.sample.docker().docker("stop", "-t", "0", office.sample.container("app"));
    new StillFile(office.service("stopped"))
        .write(
            new Quiesced(
                "stopped",
                "prod",
                Reason.REPLACED,
                "a restore of " + name,
                "2026-11-21T03:00:00Z",
                List.of("app"),
                List.of(),
                false,
                before));

    for (Runnable use :
        List.<Runnable>of(
            () -> office.backups().take("stopped", null, false, Progress.SILENT),
            () -> office.backups().resume("stopped", Progress.SILENT))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("was stopped in the middle of a restore of " + name);
    }
    assertThat(office.state("app")).isEqualTo("exited");
    Restored restored = office.backups().restore(name, null, Progress.SILENT);

    // What is there now may be half of each: the way back is what was there at first.
    assertThat(restored.before()).isEqualTo(before);
    assertThat(office.state("app")).isEqualTo("running");
    assertThat(office.app("ls /data")).doesNotContain("later").contains("hard");
    assertThat(office.backups().quiesced()).isEmpty();
  }
}
