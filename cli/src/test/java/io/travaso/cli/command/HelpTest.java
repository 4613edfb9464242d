package io.travaso.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.output.Language;
import io.travaso.cli.output.Texts;
import io.travaso.cli.testing.Surrounded;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
  private final Surrounded surrounded = new Surrounded(Path.of("/"));

  static List<String> names() {
    return Commands.names();
  }

  @Test
  void ofTheProgramIsAnOverview() {
    assertThat(surrounded.run("--help")).isZero();
    assertThat(surrounded.out().text())
        .startsWith(
            """
            Moves the data of an application between dev and prod, and loses nothing.

            Usage: sync [-hV] COMMAND
            """)
        .contains("  dev-to-prod         Brings the data of dev to prod.\n")
        .contains("   130   interrupted\n")
        .doesNotContain("  site ");
    assertThat(surrounded.err().text()).isEmpty();
    List<String> shown = Commands.names().stream().filter(name -> !name.equals("site")).toList();
    assertThat(shown)
        .allSatisfy(name -> assertThat(surrounded.out().text()).contains("\n  " + name + " "));
  }

  @Test
  void isTheSameHoweverItIsAskedFor() {
    surrounded.run("dev-to-prod", "--help");
    Surrounded other = new Surrounded(Path.of("/"));
    assertThat(other.run("help", "dev-to-prod")).isZero();
    assertThat(other.out().text()).isEqualTo(surrounded.out().text());
  }

  @Test
  void showsAllOptionsOfASync() {
    surrounded.run("dev-to-prod", "--help");
    assertThat(surrounded.out().text())
        .isEqualTo(
            """
            Brings the data of dev to prod.

            Usage: sync dev-to-prod [-h] [--models=NAME[,NAME...]]... [--dry-run]
                                    [--exit-code] [--full-replace] [--no-backup] [--force]
                                    [--allow-drift] [--accept-non-transactional]
                                    [--on-conflict=[TABLE=]POLICY]... [--newest-by=COLUMN]
                                    [--whole-rows] [--propagate-deletes] [--jobs=N]
                                    [--decisions=FILE] [--save-plan=FILE] [--thorough]
                                    [--against-master] [--config=FILE] [--json]

            New rows are added, what dev changed since both last agreed is updated, what
            prod changed and rows that only prod has stay. What both changed is a conflict:
            nothing is written before somebody decides. What would change is shown before
            anything is written.

            Options:
                  --models, --tables=NAME[,NAME...]
                                        Only these tables, as app.Model or schema.table,
                                          separated by commas.
                  --dry-run             Shows what would change, and writes nothing.
                  --exit-code           With --dry-run: exits with 3 if something would
                                          change.
                  --full-replace        Makes the tables of the target an exact copy: rows
                                          that only the target has are deleted.
                  --no-backup           Takes no backup before writing. Only undo-last-sync
                                          is a way back then.
                  --force               Does not ask before writing. All checks are made
                                          all the same.
                  --allow-drift         Merges the columns that both sides have where their
                                          tables or migrations differ, as long as nothing
                                          is lost by it.
                  --accept-non-transactional
                                        Writes also to tables that no ROLLBACK restores
                                          (MyISAM, Aria, MEMORY): if the merge fails, what
                                          it wrote to them stays.
                  --on-conflict=[TABLE=]POLICY
                                        What happens where both sides changed the same
                                          value since they last agreed: stop (nothing is
                                          written, the default), source, target, or newest.
                                          For one table: TABLE=POLICY. May be said several
                                          times.
                  --newest-by=COLUMN    The column by which "newest" tells which row was
                                          changed last.
                  --whole-rows          Takes rows as a whole: where both sides changed one
                                          it is a conflict, whichever columns they changed.
                  --propagate-deletes   Deletes rows of the target that the source deleted
                                          since both last agreed. Otherwise they stay.
                  --jobs=N              Lets the server read large tables by so many
                                          processors at once, at most. Otherwise by as many
                                          as the machine has, half of them where both sides
                                          share it; in a protected environment never by
                                          more than 4. PostgreSQL only.
                  --decisions=FILE      A file that "resolve" wrote and somebody filled in:
                                          how single conflicts are settled. Refused where a
                                          row has moved on since.
                  --save-plan=FILE      With --dry-run: keeps the plan and its fixture for
                                          "apply". With conflicts there is nothing to keep.
                  --thorough, --full-fixture
                                        Moves and compares every row, not only those that
                                          digests tell apart.
                  --against-master      Goes against the direction that "mode" sets.
                  --config=FILE         The configuration. Otherwise $SYNC_CONFIG, or
                                          sync-config/sync.yaml or sync.yaml in this folder
                                          or the nearest one above.
                  --json                Prints JSON for scripts: events, one a line, and
                                          the result as the last line.
              -h, --help                Shows this help.

            Exit codes:
               0     done, or nothing to do
               1     failed; the target is as it was before
               2     the command or the configuration is wrong
               3     differences found (--dry-run --exit-code)
               4     conflicts: both sides changed the same, and nothing was written
               5     refused by a guard: no consent, wrong direction, wrong database,
                       schema drift, a stale plan, busy
               6     a host can't be reached, or a command on it failed
               130   interrupted

            Examples:
              sync dev-to-prod --dry-run
              sync dev-to-prod
              sync dev-to-prod --models anagrafiche.Cliente,pratiche.Pratica
              sync dev-to-prod --on-conflict source --on-conflict pratiche.Pratica=stop
              sync dev-to-prod --dry-run --save-plan plan.json
              sync dev-to-prod --force --json | tail -n 1 | jq .totals
            """);
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysInBothLanguagesWhatEveryOptionIsFor(String name) {
    for (Language language : Language.values()) {
      CommandSpec spec =
          Usage.command("sync", name, Commands.create(name), language).getCommandSpec();
      assertThat(spec.options())
          .allSatisfy(
              option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
      assertThat(spec.positionalParameters())
          .allSatisfy(parameter -> assertThat(parameter.description()).isNotEmpty());
      assertThat(new CommandLine(spec).getUsageMessage())
          .as("no key and no place holder is left")
          .doesNotContain("{program}", "option.")
          .doesNotContainPattern("\\bnull\\b");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyExampleIsACommandThatIsUnderstood(String name) {
    for (Language language : Language.values()) {
      String examples = Texts.load("help", language).get(name + ".examples");
      List<String> commands =
          Stream.of(examples.split("\n")).filter(line -> line.startsWith("  {program} ")).toList();
      assertThat(commands).isNotEmpty();
      for (String command : commands) {
        List<String> words =
            List.of(
                command.replaceFirst(" [|>].*", "").replace("{program} ", "").strip().split(" "));
        assertThat(words.get(0)).isEqualTo(name);
        assertThat(Arguments.read(Commands.create(name), words.subList(1, words.size())))
            .as(command)
            .isEmpty();
      }
    }
  }

  @Test
  void isAsWideAsTheTerminal() {
    surrounded.typing("").with("NO_COLOR", "1").run("import", "--help");
    assertThat(surrounded.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void isItalianWhereTheLocaleIsItalian() {
    surrounded.with("LC_ALL", "it_IT.UTF-8").run("import", "--help");
    assertThat(surrounded.out().text())
        .startsWith("Fonde una fixture in un ambiente.\n\nUso: sync import [-h] --input=FILE")
        .contains("\nOpzioni:\n", "\nCodici di uscita:\n", "\nEsempi:\n");
  }
}
