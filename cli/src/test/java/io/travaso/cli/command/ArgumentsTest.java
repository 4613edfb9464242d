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
  void anImportNeedsAFixture() {
    assertThat(read("import")).singleElement().asString().contains("--input");
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
