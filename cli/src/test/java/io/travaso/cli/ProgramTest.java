package io.travaso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.testing.Surrounded;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  @TempDir Path folder;

  private Surrounded surrounded() {
    return new Surrounded(folder);
  }

  @Test
  void withoutACommandItShowsItsHelpAsAnError() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run()).isEqualTo(2);
    assertThat(surrounded.out().text()).isEmpty();
    assertThat(surrounded.err().text()).contains("Usage: sync [-hV] COMMAND");
  }

  @Test
  void tellsItsVersion() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("--version")).isZero();
    assertThat(surrounded.out().text()).isEqualTo("Travaso 0.1.0\n");
  }

  @Test
  void guessesAMistypedCommand() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("dev_to_prod", "--dry-run")).isEqualTo(2);
    assertThat(surrounded.err().text())
        .isEqualTo(
            """
            error: There is no command dev_to_prod
              -> Did you mean sync dev-to-prod?
            """);
  }

  @Test
  void saysWhereTheCommandsAreListedWhereItCannotGuess() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("frobnicate")).isEqualTo(2);
    assertThat(surrounded.err().text()).contains("sync --help lists them.");
  }

  @Test
  void saysThatOptionsComeAfterTheCommand() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("--force", "dev-to-prod")).isEqualTo(2);
    assertThat(surrounded.err().text())
        .contains("Options come after the command: sync dev-to-prod --force");
  }

  @Test
  void tellsAllThatIsWrongWithACommandAtOnce() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("import", "--exit-code", "--indent", "2")).isEqualTo(2);
    assertThat(surrounded.err().lines())
        .startsWith("error: sync import can't be run like this")
        .contains("  - there is no option --indent")
        .contains("  - --exit-code needs --dry-run: a real run has no differences to tell")
        .anySatisfy(line -> assertThat(line).startsWith("  - Missing required option: '--input"))
        .endsWith("  -> sync import --help shows its options.");
  }

  @Test
  void tellsScriptsInJsonWhatIsWrong() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("dev-to-prod", "--json", "--nonsense")).isEqualTo(2);
    assertThat(surrounded.out().text())
        .isEqualTo(
            "{\"status\":\"failed\",\"error\":{\"what\":\"sync dev-to-prod: there is no option"
                + " --nonsense\",\"hint\":\"sync dev-to-prod --help shows its options.\","
                + "\"details\":[]},\"exitCode\":2}\n");
  }

  @Test
  void looksForTheConfigurationAndTellsWhere() {
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("backups")).isEqualTo(2);
    assertThat(surrounded.err().text())
        .startsWith("error: no configuration in " + folder + " or above it\n")
        .contains("  - " + folder.resolve("sync-config/sync.yaml"))
        .contains("  -> sync init writes one");
  }

  @Test
  void tellsAllProblemsOfTheConfiguration() throws Exception {
    Files.writeString(folder.resolve("sync.yaml"), "environmens: {}\nkeep: 3\n");
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("doctor", "--json")).isEqualTo(2);
    assertThat(surrounded.out().lines()).hasSize(1);
    assertThat(surrounded.out().text()).contains("environmens", "keep", "\"exitCode\":2");
  }

  @Test
  void asksForTheEnvironmentWhereThereIsAChoice() throws Exception {
    Files.writeString(
        folder.resolve("sync.yaml"),
        """
        environments:
          dev: {database: {url: "postgresql://a@localhost:1/dev"}}
          prod: {database: {url: "postgresql://a@localhost:1/prod"}}
        tables: [a.B]
        """);
    Surrounded surrounded = surrounded();
    assertThat(surrounded.run("history")).isEqualTo(2);
    assertThat(surrounded.err().text()).contains("-> Name it with --env: dev, prod");
    assertThat(surrounded().run("history", "--env", "prd")).isEqualTo(2);
  }

  @Test
  void writesNoLogForWhatOnlyLooks() throws Exception {
    Files.writeString(
        folder.resolve("sync.yaml"),
        """
        environments: {dev: {database: {url: "postgresql://a@localhost:1/dev"}}}
        tables: [a.B]
        """);
    surrounded().run("doctor");
    surrounded().run("history");
    assertThat(folder.resolve("logs")).doesNotExist();
    surrounded().run("backup");
    assertThat(folder.resolve("logs/sync.log")).exists();
  }
}
