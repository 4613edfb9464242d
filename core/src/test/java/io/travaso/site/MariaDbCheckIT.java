package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.Finding.Severity;
import io.travaso.Progress;
import io.travaso.merge.MergePolicy;
import io.travaso.site.Requests.Role;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of a MariaDB. */
class MariaDbCheckIT {
  @TempDir Path project;
  private Offices offices;

  @BeforeEach
  void open() throws IOException {
    offices = new Offices(Engine.MARIADB, project, "protected: true");
    offices.config();
    Files.setPosixFilePermissions(
        project.resolve("password"), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void close() {
    offices.close();
  }

  private List<Finding> findings(Role role, boolean accepting) {
    try (Site site =
        new LocalSite(
            offices.config(),
            offices.config().environment("prod"),
            offices.surroundings(),
            ToolMain.VERSION,
            Clock.systemUTC())) {
      return site.check(
              new Requests.Check(role, List.of(), MergePolicy.UPSERT, true, accepting),
              Progress.SILENT)
          .findings();
    }
  }

  private List<String> of(Role role, boolean accepting, Severity severity) {
    return findings(role, accepting).stream()
        .filter(f -> f.severity() == severity)
        .map(f -> f.what() + " " + f.hint())
        .toList();
  }

  @Test
  void findsNothingInAHealthyDatabase() {
    assertThat(of(Role.EXAMINED, false, Severity.PROBLEM)).isEmpty();
    assertThat(of(Role.EXAMINED, false, Severity.WARNING)).isEmpty();
    assertThat(of(Role.EXAMINED, false, Severity.OK))
        .anyMatch(what -> what.contains("prod: mariadb 1"))
        .anyMatch(what -> what.contains("backups with mariadb-dump"))
        .anyMatch(what -> what.contains("every sequence is ahead of its column"));
  }

  @Test
  void refusesToWriteToATableWithoutTransactions() {
    // Without its foreign keys, which MyISAM does not have.
    offices
        .prod()
        .execute(
            "CREATE TABLE nota LIKE pratiche_praticanota",
            "ALTER TABLE nota ENGINE = MyISAM",
            "DROP TABLE pratiche_praticanota",
            "RENAME TABLE nota TO pratiche_praticanota");
    assertThat(of(Role.TARGET, false, Severity.PROBLEM))
        .singleElement()
        .asString()
        .contains(
            "public.pratiche_praticanota is no InnoDB table",
            "ALTER TABLE `pratiche_praticanota` ENGINE = InnoDB",
            "--accept-non-transactional");
    assertThat(of(Role.TARGET, true, Severity.PROBLEM)).isEmpty();
    assertThat(of(Role.TARGET, true, Severity.WARNING))
        .singleElement()
        .asString()
        .contains("public.pratiche_praticanota", "what it wrote to it stays");
    assertThat(of(Role.SOURCE, false, Severity.WARNING))
        .singleElement()
        .asString()
        .contains("public.pratiche_praticanota", "not of the same moment");
  }

  @Test
  void refusesTriggersThatNameATableWithoutTransactions() {
    offices
        .prod()
        .execute(
            "CREATE TABLE diario (id int AUTO_INCREMENT PRIMARY KEY, n int) ENGINE = MyISAM",
            "CREATE TABLE altro (id int PRIMARY KEY) ENGINE = MyISAM",
            "CREATE TRIGGER annota AFTER INSERT ON pratiche_etichetta FOR EACH ROW"
                + " INSERT INTO diario (n) VALUES (new.id)");
    assertThat(of(Role.TARGET, false, Severity.PROBLEM))
        .singleElement()
        .asString()
        .contains("a trigger of public.pratiche_etichetta names diario", "stays");
    assertThat(of(Role.TARGET, true, Severity.PROBLEM)).isEmpty();
  }

  @Test
  void seesForeignKeysToWhatItMayNotSee() {
    offices
        .prod()
        .execute(
            "SET foreign_key_checks = 0",
            "ALTER TABLE pratiche_etichetta ADD COLUMN x int, ADD CONSTRAINT away FOREIGN KEY (x)"
                + " REFERENCES gone (id)");
    assertThat(of(Role.TARGET, false, Severity.PROBLEM))
        .anyMatch(what -> what.contains("public.gone"));
  }

  @Test
  void leavesTablesAloneThatAreOnlyCalledLikeOurs() {
    offices.prod().execute("CREATE TABLE travaso_note (id int PRIMARY KEY)");
    offices
        .prod()
        .execute("CREATE VIEW broken AS SELECT id FROM travaso_note", "DROP TABLE travaso_note");
    assertThat(of(Role.EXAMINED, false, Severity.PROBLEM)).isEmpty();
    offices.prod().execute("CREATE TABLE travaso_other (id int PRIMARY KEY)");
    assertThat(of(Role.EXAMINED, false, Severity.OK))
        .anyMatch(what -> what.contains("public.travaso_other"));
  }
}
