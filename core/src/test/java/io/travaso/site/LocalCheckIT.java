package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.Finding.Severity;
import io.travaso.Progress;
import io.travaso.backup.BackupLabel;
import io.travaso.site.Requests.Role;
import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
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

/** What doctor sees beyond what a run needs. */
class LocalCheckIT {
  @TempDir Path project;
  private Offices offices;

  @BeforeEach
  void open() throws IOException {
    offices = new Offices(project, "protected: true");
    offices.config();
    Files.setPosixFilePermissions(
        project.resolve("password"), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void close() {
    offices.close();
  }

  private TestDatabase prod() {
    return offices.prod();
  }

  private List<Finding> findings(Severity severity) {
    try (Site site =
        new LocalSite(
            offices.config(),
            offices.config().environment("prod"),
            offices.surroundings(),
            ToolMain.VERSION,
            Clock.systemUTC())) {
      return site.check(Offices.check(Role.EXAMINED), Progress.SILENT).findings().stream()
          .filter(f -> f.severity() == severity)
          .toList();
    }
  }

  private Finding theWarning() {
    List<Finding> warnings = findings(Severity.WARNING);
    assertThat(warnings).hasSize(1);
    return warnings.get(0);
  }

  @Test
  void findsNothingInAHealthyDatabase() {
    assertThat(findings(Severity.PROBLEM)).isEmpty();
    assertThat(findings(Severity.WARNING)).isEmpty();
    assertThat(findings(Severity.OK))
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("every sequence is ahead of its column"))
        .anyMatch(what -> what.contains("backups with pg_dump"))
        .anyMatch(what -> what.contains("no backup yet"))
        .anyMatch(what -> what.contains("exports go to " + project.resolve("exports")));
  }

  @Test
  void findsASequenceThatIsBehindAndSaysHowToMoveIt() {
    prod().rows("SELECT setval(pg_get_serial_sequence('anagrafiche_cliente', 'id'), 5)");

    Finding warning = theWarning();

    assertThat(warning.what()).contains("behind anagrafiche.Cliente.id");
    prod().rows(warning.hint());
    assertThat(findings(Severity.WARNING)).isEmpty();
  }

  @Test
  @Holds(value = "P29d", as = Outcome.DOCUMENTED)
  void pointsAtACounterThatIsNotSyncedWithWhatItCounts() {
    prod()
        .execute("CREATE TABLE pratiche_praticacounter (id int PRIMARY KEY, anno int, ultimo int)");

    Finding warning = theWarning();

    assertThat(warning.what()).contains("pratiche_praticacounter", "pratiche.Pratica");
    assertThat(warning.hint()).contains("Add it to tables");
  }

  @Test
  void namesTablesNobodyDecidedAbout() {
    prod().execute("CREATE TABLE magazzino (n int)", "CREATE TABLE fornitori (id int PRIMARY KEY)");

    assertThat(findings(Severity.WARNING)).isEmpty();
    assertThat(findings(Severity.OK))
        .extracting(Finding::what)
        .contains(
            "prod: 2 tables neither in tables nor in exclude: public.fornitori, public.magazzino",
            "prod: 1 of them without primary key: public.magazzino");
  }

  @Test
  void warnsOfTriggers() {
    prod()
        .execute(
            "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER touch BEFORE UPDATE ON pratiche_etichetta FOR EACH ROW"
                + " EXECUTE FUNCTION touch()");

    assertThat(theWarning().what()).endsWith("have triggers: pratiche.Etichetta");
  }

  @Test
  void warnsOfReferencesByNumberToRowsThatAreNotSynced() {
    prod()
        .execute(
            "UPDATE scadenze_scadenza SET content_type_id ="
                + " (SELECT id FROM django_content_type WHERE model = 'user') WHERE id = 1");

    assertThat(theWarning().what())
        .isEqualTo(
            "prod: scadenze.Scadenza refers by number to rows that are not synced: auth.user");
  }

  @Test
  void saysThatADatabaseMayOnlyBeRead() {
    prod().execute("REVOKE UPDATE ON vocititolario FROM app");

    assertThat(theWarning().what()).contains("1 of 13 tables may only be read", "TitolarioVoce");
  }

  @Test
  void warnsOfASecretThatOthersCanRead() throws IOException {
    Files.setPosixFilePermissions(
        project.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(theWarning().what()).contains(project.resolve("password").toString(), "chmod 600");
  }

  @Test
  void findsFoldersThatCantBeMade() throws IOException {
    Files.writeString(project.resolve("exports"), "");

    assertThat(findings(Severity.PROBLEM))
        .extracting(Finding::what)
        .containsExactly(
            "prod: %1$s can't be made for exports: %1$s is a file"
                .formatted(project.resolve("exports")));
  }

  @Test
  void tellsTheLastBackup() {
    try (Site site =
        new LocalSite(
            offices.config(),
            offices.config().environment("prod"),
            offices.surroundings(),
            ToolMain.VERSION,
            Clock.systemUTC())) {
      site.backup(new Requests.TakeBackup(BackupLabel.MANUAL, null), Progress.SILENT);
    }

    assertThat(findings(Severity.OK))
        .extracting(Finding::what)
        .anyMatch(what -> what.matches("prod: backups: 1, the last one backup_.*, 0 minutes old"));
  }

  @Test
  void goesOnWhereItMayNotLook() {
    prod().execute("REVOKE SELECT ON SEQUENCE anagrafiche_cliente_id_seq FROM app");

    assertThat(findings(Severity.PROBLEM)).isEmpty();
    assertThat(theWarning().what()).contains("sequence public.anagrafiche_cliente_id_seq");
  }
}
