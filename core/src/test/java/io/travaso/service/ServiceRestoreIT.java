package io.travaso.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.testing.DockerEngine;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes back from a service's backup, on a real engine. */
class ServiceRestoreIT {
  private static ComposedOffice office;

  @BeforeAll
  static void start() {
    office = ComposedOffice.shared();
  }

  @BeforeEach
  void fill() {
    office.fill("first");
  }

  private static ServiceBackup take() {
    return office.backups().take("office", null, false, Progress.SILENT);
  }

  @Test
  void verifiesAndBringsAllOfItBack() {
    List<String> then = office.contents();
    ServiceBackup backup = take();
    office.fill("second");
    office.app("rm -r /data/in; echo more > /data/more");
    for (TestDatabase database : office.databases.values()) {
      database.execute("DROP VIEW last_paper", "DROP TABLE stamp", "CREATE TABLE extra (id int)");
    }
    List<String> databases = databases();

    Verified verified = office.backups().verify(backup.name(), Progress.SILENT);

    assertThat(verified.databases())
        .extracting(Verified.Database::name)
        .containsExactly("main", "archive");
    assertThat(verified.databases()).allSatisfy(it -> assertThat(it.rows()).isEqualTo(6));
    assertThat(verified.databases().get(0).tables())
        .containsExactly(
            new Verified.TableRows("public.paper", 3), new Verified.TableRows("public.stamp", 3));
    assertThat(verified.volumes())
        .singleElement()
        .satisfies(it -> assertThat(it.files()).isGreaterThan(5));
    assertThat(databases()).isEqualTo(databases);

    RestorePlan plan = office.backups().planRestore(backup.name(), null);
    assertThat(plan.parts())
        .extracting(RestorePlan.Part::name)
        .containsExactly("main", "archive", "uploads");
    assertThat(plan.stops()).containsExactly("app");
    Restored restored = office.backups().restore(backup.name(), null, office.progress());

    assertThat(office.contents()).isEqualTo(then);
    assertThat(restored.started()).containsExactly("app");
    assertThat(office.state("app")).isEqualTo("running");
    assertThat(office.isInMaintenance()).isFalse();
    assertThat(databases()).isEqualTo(databases);
    assertThat(office.backups().quiesced()).isEmpty();
    ServiceBackup before = office.backups().find(Objects.requireNonNull(restored.before()));
    assertThat(before.contents().purpose()).isEqualTo(BackupPurpose.PRE_RESTORE);

    // And back to the present that was.
    office.backups().restore(before.name(), List.of("main", "uploads"), office.progress());
    assertThat(office.database(Engine.POSTGRESQL).tables())
        .containsExactly("public.extra", "public.paper");
    assertThat(office.app("cat /data/more")).isEqualTo("more");
    assertThat(office.database(Engine.MARIADB).tables()).contains("`stamp`");
    office
        .database(Engine.POSTGRESQL)
        .execute(
            "DROP TABLE extra",
            "CREATE TABLE stamp (id int PRIMARY KEY, paper_id int, FOREIGN KEY (paper_id)"
                + " REFERENCES paper (id))",
            "CREATE VIEW last_paper AS SELECT max(id) AS id FROM paper");
  }

  private static List<String> databases() {
    List<String> all = new ArrayList<>();
    all.addAll(
        office.database(Engine.POSTGRESQL).rows("SELECT datname FROM pg_database ORDER BY 1"));
    all.addAll(
        office
            .sample
            .exec(
                "maria-db",
                "sh",
                "-c",
                "mariadb -uroot -p\"$MARIADB_ROOT_PASSWORD\" -N -e 'SHOW DATABASES'")
            .lines()
            .toList());
    return all;
  }

  @Test
  void whatIsWrittenMeanwhileIsWhollyInOrOut() {
    office.startWriting();
    ServiceBackup backup = take();
    int then = written(Engine.POSTGRESQL).size();
    ComposedOffice.await(() -> written(Engine.POSTGRESQL).size() > then + 5);

    office.backups().restore(backup.name(), null, Progress.SILENT);

    List<String> rows = written(Engine.POSTGRESQL);
    assertThat(rows).hasSizeGreaterThan(5).hasSizeLessThanOrEqualTo(then);
    assertThat(written(Engine.MARIADB)).isEqualTo(rows);
    assertThat(office.app("cd /data; ls pair-* | sed s/pair-// | sort -n").lines().toList())
        .isEqualTo(rows);
  }

  private static List<String> written(Engine engine) {
    return office.database(engine).rows("SELECT id FROM paper WHERE id > 1000 ORDER BY id");
  }

  @Test
  void aRestoreThatFailsHalfWayGoesBack() {
    ServiceBackup backup = take();
    office.fill("second");
    List<String> now = office.contents();
    DockerEngine docker = office.sample.docker();
    String user =
        docker.docker(
            "run",
            "-d",
            "--name",
            docker.uniqueName("user"),
            "-v",
            office.sample.project() + "_uploads:/x",
            "travaso-test/base:1",
            "sleep",
            "600");
    try {
      SyncException failure =
          catchThrowableOfType(
              SyncException.class,
              () -> office.backups().restore(backup.name(), null, office.progress()));

      assertThat(failure.what()).contains("in use by a container that runs");
      assertThat(office.told).anyMatch(it -> it.startsWith("all is as it was"));
    } finally {
      docker.docker("rm", "-f", user);
    }
    assertThat(office.contents()).isEqualTo(now);
    assertThat(office.state("app")).isEqualTo("running");
    assertThat(office.backups().quiesced()).isEmpty();
  }

  @Test
  void aFlippedByteIsFoundBeforeAnythingIsTouched() throws IOException {
    ServiceBackup backup = take();
    office.fill("second");
    List<String> now = office.contents();
    Path archive = Path.of(backup.directory(), "volume-uploads.tar.zst");
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);

    for (Runnable use :
        List.<Runnable>of(
            () -> office.backups().verify(backup.name(), Progress.SILENT),
            () -> office.backups().planRestore(backup.name(), null),
            () -> office.backups().restore(backup.name(), null, Progress.SILENT))) {
      SyncException failure = catchThrowableOfType(SyncException.class, use::run);
      assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      assertThat(failure.what()).contains("the bytes of volume-uploads.tar.zst have changed");
    }
    assertThat(office.contents()).isEqualTo(now);
    assertThatThrownBy(() -> office.backups().planRestore(backup.name(), List.of("main", "upload")))
        .extracting(e -> ((SyncException) e).hint())
        .isEqualTo("did you mean \"uploads\"?");
  }

  @Test
  void theEnvironmentsOwnBackupsAreVerifiedAndRestoredToo() {
    TestDatabase database = office.database(Engine.POSTGRESQL);
    List<String> then = database.table("paper");
    String name = office.takeOwn();
    database.execute("DROP VIEW last_paper", "DROP TABLE stamp", "DELETE FROM paper");

    Verified verified = office.backups().verify(name, Progress.SILENT);
    assertThat(verified.service()).isNull();
    assertThat(verified.databases())
        .singleElement()
        .satisfies(it -> assertThat(it.rows()).isEqualTo(6));
    Restored restored = office.backups().restore(name, null, Progress.SILENT);

    assertThat(database.table("paper")).isEqualTo(then);
    assertThat(database.table("stamp")).hasSize(3);
    assertThat(restored.before()).startsWith("pre_restore_");
  }
}
