package io.travaso.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static List<String> read(String name, String... args) {
    return Arguments.read(Commands.create(name), List.of(args));
  }

  @Test
  void setsTheOptionsOfASync() {
    DevToProd command = new DevToProd();
    List<String> problems =
        Arguments.read(
            command,
            List.of(
                "--dry-run", "--exit-code", "--models", "a.B, c.D", "--tables=public.e", "--json"));
    assertThat(problems).isEmpty();
    assertThat(command.write.dryRun).isTrue();
    assertThat(command.write.exitCode).isTrue();
    assertThat(command.write.force).isFalse();
    assertThat(command.tables.names()).containsExactly("a.B", "c.D", "public.e");
    assertThat(command.json()).isTrue();
  }

  @Test
  void aDryRunMayCarryWhatTheRealRunWillNeed() {
    assertThat(read("dev-to-prod", "--dry-run", "--force", "--no-backup", "--full-replace"))
        .isEmpty();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(read("dev-to-prod", "--exit-code", "--dry-rum", "--models", ",a.B", "extra"))
        .containsExactlyInAnyOrder(
            "there is no option --dry-rum; did you mean --dry-run?",
            "there is no place for \"extra\"",
            "--models has an empty name",
            "--exit-code needs --dry-run: a real run has no differences to tell");
  }

  @Test
  void aListOfBackupsOnlyLists() {
    assertThat(read("rollback-last-sync", "--list")).isEmpty();
    assertThat(read("rollback-last-sync", "--list", "--force")).hasSize(1);
    assertThat(read("rollback-last-sync", "--list", "--backup", "x")).hasSize(1);
    assertThat(read("rollback-last-sync", "--list", "--dry-run")).hasSize(1);
    assertThat(read("rollback-last-sync", "--backup", "x", "--dry-run", "--force")).isEmpty();
  }

  @Test
  void policiesAreSaidForAllOrForATable() {
    assertThat(
            read(
                "dev-to-prod",
                "--on-conflict",
                "newest",
                "--on-conflict=a.B=source",
                "--newest-by",
                "modified",
                "--whole-rows",
                "--propagate-deletes"))
        .isEmpty();
    assertThat(
            read(
                "dev-to-prod",
                "--on-conflict=sorce",
                "--on-conflict=a.B=mine",
                "--on-conflict=a.B=stop",
                "--on-conflict==stop"))
        .containsExactly(
            "--on-conflict sorce: did you mean source?",
            "--on-conflict a.B=mine: the policies are stop, source, target, newest",
            "--on-conflict is said twice for a.B",
            "--on-conflict =stop names no table before the =");
    assertThat(read("dev-to-prod", "--on-conflict=stop", "--on-conflict=source"))
        .containsExactly("--on-conflict is said twice for all tables");
  }

  @Test
  void anExactCopyAsksNobodyWhoChangedWhat() {
    assertThat(
            read(
                "prod-to-dev",
                "--full-replace",
                "--on-conflict=source",
                "--propagate-deletes",
                "--decisions=d.yaml"))
        .containsExactly(
            "--full-replace makes an exact copy of the source, whatever the target changed: it does"
                + " not go with --on-conflict, --propagate-deletes, --decisions");
  }

  @Test
  void onlyADryRunSavesItsPlan() {
    assertThat(read("dev-to-prod", "--dry-run", "--save-plan", "p.json", "--full-replace"))
        .isEmpty();
    assertThat(read("dev-to-prod", "--save-plan", "p.json"))
        .containsExactly("--save-plan needs --dry-run: a real run has its plan applied");
    assertThat(read("apply", "p.json", "--force", "--no-backup")).isEmpty();
    assertThat(read("apply")).singleElement().asString().contains("FILE");
  }

  @Test
  void aDirectionIsResolved() {
    assertThat(read("resolve", "prod_to_dev", "--whole-rows", "--models", "a.B")).isEmpty();
    assertThat(read("resolve", "dev-to-prd"))
        .containsExactly("\"dev-to-prd\" is no direction: did you mean dev-to-prod?");
    assertThat(read("resolve")).hasSize(1);
  }

  @Test
  void anImportNeedsAFixture() {
    assertThat(read("import")).singleElement().asString().contains("--input");
  }

  @Test
  void jobsAreANumberOfProcessors() {
    for (String command : List.of("dev-to-prod", "prod-to-dev", "export")) {
      assertThat(read(command, "--jobs", "1")).isEmpty();
      assertThat(read(command, "--jobs", "256")).isEmpty();
      for (String wrong : List.of("0", "-1", "257")) {
        assertThat(read(command, "--jobs", wrong))
            .containsExactly("--jobs is a number of processors from 1 to 256");
      }
      assertThat(read(command, "--jobs", "two")).hasSize(1);
    }
    assertThat(read("import", "--input", "f.json", "--jobs", "0")).hasSize(1);
    assertThat(read("resolve", "dev-to-prod", "--jobs", "0")).hasSize(1);
    assertThat(read("site", "--env", "prod", "--jobs", "0")).hasSize(1);
  }

  @Test
  void anIndentIsASmallNumber() {
    assertThat(read("export", "--indent", "2")).isEmpty();
    assertThat(read("export", "--indent", "9")).hasSize(1);
    assertThat(read("export", "--indent", "-1")).hasSize(1);
    assertThat(read("export", "--indent", "x")).hasSize(1);
  }

  @Test
  void anEnvironmentIsNeededWhereItIsAboutAHost() {
    assertThat(read("trust")).singleElement().asString().contains("ENV");
    assertThat(read("deploy", "prod")).isEmpty();
    assertThat(read("deploy", "prod", "dev")).containsExactly("there is no place for \"dev\"");
  }

  @Test
  void aPasswordIsFoundInOnePlace() {
    assertThat(read("init", "--url", "postgresql://a@b/c", "--password-env", "X")).isEmpty();
    assertThat(read("init", "--password-env", "X"))
        .containsExactly("a password is of no use without --url");
    assertThat(read("init", "--url", "u", "--password-env", "X", "--password-file", "f"))
        .hasSize(1);
    assertThat(read("init", "--url", "u", "--password-dotenv", ".env")).hasSize(1);
    assertThat(read("init", "--url", "u", "--password-dotenv", "/srv/.env:DB_PASSWORD")).isEmpty();
  }

  @Test
  void anOptionIsGivenOnce() {
    assertThat(read("history", "--env", "dev", "--env", "prod")).hasSize(1);
  }

  @Test
  void aValueMustFollow() {
    assertThat(read("history", "--env")).singleElement().asString().contains("--env");
  }
}
