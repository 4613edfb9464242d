package io.travaso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.cli.testing.Surrounded;
import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the commands say and exit with, on real databases. What they do to rows is tested elsewhere.
 */
class CommandIT {
  private final TestDatabase dev = PostgresServer.shared().newDatabase();
  private final TestDatabase prod = PostgresServer.shared().newDatabase();

  @TempDir Path folder;

  @BeforeEach
  void fill() throws Exception {
    for (TestDatabase database : List.of(dev, prod)) {
      database.execute("CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL)");
    }
    dev.execute("INSERT INTO customer VALUES (1, 'Anna'), (2, 'Bruno'), (3, 'Carla')");
    prod.execute("INSERT INTO customer VALUES (1, 'Anna'), (2, 'Beppe'), (9, 'Zoe')");
    String tools =
        PostgresServer.shared().dumpDirectory().map(path -> ", tools: \"" + path + "\"").orElse("");
    Files.writeString(
        folder.resolve("sync.yaml"),
        """
        environments:
          dev:
            database: {url: "%s", password: {env: DB_PASSWORD}%s}
          prod:
            protected: true
            database: {url: "%s", password: {env: DB_PASSWORD}%s}
            backups: {directory: prod-backups}
        tables: [customer]
        """
            .formatted(dev.url(), tools, prod.url(), tools));
  }

  @AfterEach
  void drop() {
    dev.close();
    prod.close();
  }

  private Surrounded surrounded() {
    return new Surrounded(folder).with("DB_PASSWORD", dev.password());
  }

  private static JsonNode json(String line) throws Exception {
    return JsonMapper.builder().build().readTree(line);
  }

  private static JsonNode lastLine(Surrounded surrounded) throws Exception {
    List<String> lines = surrounded.out().lines();
    return json(lines.get(lines.size() - 1));
  }

  @Test
  void aDryRunShowsThePreviewAndTellsDifferencesByItsExitCode() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("dev-to-prod", "--dry-run", "--exit-code")).isEqualTo(3);
    assertThat(surrounded.out().text())
        .contains(
            """

            PREVIEW (dry run): dev -> prod
            + created    public.customer 1                                            total 1
            ~ updated    public.customer 1                                            total 1
            = unchanged  public.customer 1                                            total 1
              only in prod, kept   public.customer 1                                  total 1

            OVERWRITTEN: rows of prod that become dev's
              public.customer 2

            5/8 confirm   skipped: dry run
            6/8 backup    skipped: dry run
            7/8 merge     skipped: dry run
            8/8 verify    skipped: dry run

            Dry run: nothing was written. To do it, run the same without --dry-run.
            """);
    assertThat(surrounded.err().text()).isEmpty();
  }

  @Test
  void withoutATerminalAndWithoutForceNothingIsWritten() throws Exception {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("dev-to-prod", "--json")).isEqualTo(5);
    assertThat(lastLine(surrounded).get("status").textValue()).isEqualTo("refused");
    assertThat(surrounded().run("dev-to-prod")).isEqualTo(5);
    assertThat(prod.rows("SELECT name FROM customer WHERE id = 2")).containsExactly("Beppe");
    assertThat(folder.resolve("prod-backups")).doesNotExist();
  }

  @Test
  void theWrongNameIsNoConsent() {
    Surrounded surrounded = surrounded().typing("dev\n");
    assertThat(surrounded.run("dev-to-prod")).isEqualTo(5);
    assertThat(surrounded.err().text())
        .contains(
            "prod is protected.", "Type prod for a yes: ", "Not confirmed; nothing was written");
    assertThat(prod.rows("SELECT name FROM customer WHERE id = 2")).containsExactly("Beppe");
  }

  @Test
  void whoTypesTheNameGetsItDoneAndCanTakeItBack() {
    Surrounded sync = surrounded().typing("prod\ny\ny\n").with("NO_COLOR", "1");
    assertThat(sync.run("dev-to-prod")).isZero();
    assertThat(sync.out().text())
        .contains("\nPLAN: dev → prod\n", "5/8 confirm   confirmed\n")
        .containsPattern("6/8 backup    pre_sync_\\d{8}_\\d{6}\\.dump, .* verified\n")
        .contains("7/8 merge     1 created, 1 updated, 0 deleted\n")
        .contains("\nDone. In prod: 1 created, 1 updated, 0 deleted.\n")
        .endsWith("To take it back: sync rollback-last-sync\n");

    Surrounded again = surrounded();
    assertThat(again.run("dev-to-prod")).isZero();
    assertThat(again.out().text()).endsWith("\nNothing to change: prod has it all.\n");

    Surrounded history = surrounded();
    assertThat(history.run("history", "--env", "prod")).isZero();
    assertThat(history.out().lines()).hasSize(2);
    assertThat(history.out().lines().get(1)).contains("dev-to-prod", "anna@laptop", "applied");

    Surrounded list = surrounded();
    assertThat(list.run("rollback-last-sync", "--list")).isZero();
    assertThat(list.out().lines()).hasSize(2);
    assertThat(list.out().lines().get(1)).startsWith("pre_sync_");

    Surrounded rollback = surrounded().with("LANG", "it_IT.UTF-8");
    assertThat(rollback.run("rollback-last-sync", "--force")).isZero();
    assertThat(rollback.out().text())
        .contains("- eliminate   spariscono da prod: ")
        .contains("Per annullare il ripristino: sync rollback-last-sync --backup pre_rollback_");
    assertThat(prod.rows("SELECT id, name FROM customer ORDER BY id"))
        .containsExactly("1|Anna", "2|Beppe", "9|Zoe");
  }

  @Test
  void scriptsReadOneObjectALineAndTheResultLast() throws Exception {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("dev-to-prod", "--force", "--no-backup", "--json")).isZero();
    for (String line : surrounded.out().lines()) {
      assertThat(json(line).isObject()).isTrue();
    }
    JsonNode result = lastLine(surrounded);
    assertThat(result.get("status").textValue()).isEqualTo("applied");
    assertThat(result.at("/totals/created").longValue()).isEqualTo(1);
    assertThat(result.at("/tables/0/table").textValue()).isEqualTo("public.customer");
    assertThat(result.has("backup")).isFalse();
    assertThat(surrounded.out().text()).contains("\"note\":\"skipped_no_backup\"");
    assertThat(surrounded.err().text()).isEmpty();
  }

  @Test
  void theLogHasEveryStepAndNoSecret() throws Exception {
    assertThat(surrounded().run("dev-to-prod", "--force")).isZero();
    String log = Files.readString(folder.resolve("logs/sync.log"));
    assertThat(log)
        .contains(" sync dev-to-prod --force, version 0.1.0, by anna@laptop, with ")
        .contains(" 3/8 transfer skipped: ", " 6/8 backup done: ", " 8/8 verify done: ")
        .contains(" ended: exit code 0")
        .doesNotContain(dev.password());
    assertThat(log.lines()).allMatch(line -> line.matches("\\S+Z \\d{8}T\\d{6}Z-[0-9a-f]{6} .*"));
  }

  @Test
  void aWrongTableIsRefusedWithTheNearestKnownOne() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("dev-to-prod", "--dry-run", "--models", "public.custommer"))
        .isEqualTo(2);
    assertThat(surrounded.err().text()).contains("public.custommer", "public.customer");
  }

  @Test
  void anExportGoesWhereItIsWantedAndComesBackByAnImport() throws Exception {
    Surrounded export = surrounded();
    assertThat(export.run("export", "--env", "dev", "--output", "out.json", "--json")).isZero();
    JsonNode result = lastLine(export);
    assertThat(result.get("status").textValue()).isEqualTo("applied");
    assertThat(result.at("/fixture/file").textValue())
        .isEqualTo(folder.resolve("out.json").toString());
    assertThat(result.at("/fixture/records").longValue()).isEqualTo(3);
    Surrounded imported = surrounded();
    assertThat(imported.run("import", "--env", "prod", "--input", "out.json", "--force")).isZero();
    assertThat(imported.out().text()).contains("2/8 export    skipped: the fixture is ");
    assertThat(prod.rows("SELECT name FROM customer WHERE id = 2")).containsExactly("Bruno");
  }

  @Test
  void aBackupIsTakenAndListed() throws Exception {
    Surrounded backup = surrounded();
    assertThat(backup.run("backup", "--env", "prod")).isZero();
    assertThat(backup.out().text()).startsWith("Backup of prod, verified: ");
    Surrounded backups = surrounded();
    assertThat(backups.run("backups", "--env", "prod", "--json")).isZero();
    assertThat(lastLine(backups).get("backups")).hasSize(1);
  }

  @Test
  void doctorIsGreenAndExitsWithZero() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("doctor")).as(surrounded.out().text()).isZero();
    assertThat(surrounded.out().text()).contains("dev\n  green   ", "prod\n  green   ");
  }

  @Test
  void doctorIsRedWhereADatabaseIsNotThere() {
    dev.close();
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("doctor")).isNotZero();
    assertThat(surrounded.out().text()).contains("dev\n  red     ", "prod\n  green   ");
  }
}
