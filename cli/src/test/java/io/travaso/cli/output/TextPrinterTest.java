package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.testing.Surrounded;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.Step;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextPrinterTest {
  private final Surrounded surrounded = new Surrounded(Path.of("/"));
  private final AtomicLong now = new AtomicLong(1_000_000_000L);

  private TextPrinter printer() {
    Console console = surrounded.console();
    return new TextPrinter(console, new Messages(console.language(), ZoneOffset.UTC), now::get);
  }

  @Test
  void writesAnAsciiProtocolToAPipe() {
    Script.play(printer());
    assertThat(surrounded.out().text())
        .isEqualTo(
            """
            1/8 check     3 tables, dev -> prod
            2/8 export    501 records, 7.2 MB: /srv/x.json.zst
            3/8 transfer  skipped: both sides are on this machine
                nothing was changed since the sync
            4/8 plan      46 rows to write, 412 unchanged

            PREVIEW (dry run): dev -> prod
            + created    anagrafiche.Cliente 15, pratiche.Pratica 23                  total 38
            ~ updated    anagrafiche.Cliente 8                                        total 8
            = unchanged  anagrafiche.Cliente 78, pratiche.Pratica 74 ...              total 412
              only in prod, kept   anagrafiche.Cliente 1                              total 1

            5/8 confirm   skipped: dry run
            """);
    assertThat(surrounded.err().text())
        .isEqualTo(
            """
            warning: The clock of prod is 7 minutes off
              -> Set the clocks.
            """);
  }

  @Test
  void speaksItalianWhereTheLocaleIsItalian() {
    surrounded.with("LANG", "it_IT.UTF-8");
    Script.play(printer());
    assertThat(surrounded.out().lines())
        .startsWith(
            "1/8 controllo      3 tabelle, dev -> prod",
            "2/8 esportazione   501 record, 7,2 MB: /srv/x.json.zst",
            "3/8 trasferimento  saltato: i due lati sono su questa macchina");
  }

  @Test
  void showsSymbolsAndColoursAtATerminal() {
    surrounded.typing("");
    Script.play(printer());
    assertThat(surrounded.out().text())
        .contains("1/8 check     3 tables, dev → prod\n")
        .contains("\u001b[2m5/8 confirm   skipped: dry run\u001b[0m\n");
    assertThat(surrounded.err().text()).contains("\u001b[33mwarning:\u001b[0m");
  }

  @Test
  void obeysNoColor() {
    surrounded.typing("").with("NO_COLOR", "1");
    Script.play(printer());
    assertThat(surrounded.out().text()).contains("dev → prod").doesNotContain("\u001b");
  }

  @Test
  void showsNoSymbolsAtATerminalWithoutUtf8() {
    surrounded.typing("").with("LC_ALL", "C");
    Script.play(printer());
    assertThat(surrounded.out().text()).contains("dev -> prod");
  }

  @Test
  void writesOneLineOverAndOverWhileWorkGoesOn() {
    surrounded.typing("").with("NO_COLOR", "1");
    TextPrinter printer = printer();
    printer.begins(Step.PLAN);
    now.addAndGet(2_000_000_000L);
    printer.at("pratiche.Pratica", 50_000, 1_000_000);
    now.addAndGet(1_000_000L);
    printer.at("pratiche.Pratica", 51_000, 1_000_000);
    printer.result(new NoResult());
    assertThat(surrounded.err().text())
        .isEqualTo(
            "\r4/8 plan\u001b[K"
                + "\r4/8 plan pratiche.Pratica 50,000 of 1,000,000 (25,000/s)\u001b[K"
                + "\r\u001b[K");
    assertThat(surrounded.out().text()).isEmpty();
  }

  @Test
  void showsNoProgressOnADumbTerminal() {
    surrounded.typing("").with("TERM", "dumb");
    TextPrinter printer = printer();
    printer.begins(Step.PLAN);
    now.addAndGet(2_000_000_000L);
    printer.at("pratiche.Pratica", 50_000, 0);
    assertThat(surrounded.err().text()).isEmpty();
  }

  @Test
  void tellsAFailureWithItsDetailsAndWhatToDo() {
    printer()
        .failed(
            new Failure(
                ExitCode.REFUSED,
                "Schema drift: 2 differences",
                "Migrate first → then again.",
                List.of("a.B is only in dev", "c.D is only in prod")));
    assertThat(surrounded.err().text())
        .isEqualTo(
            """
            refused: Schema drift: 2 differences
              - a.B is only in dev
              - c.D is only in prod
              -> Migrate first -> then again.
            """);
    assertThat(surrounded.out().text()).isEmpty();
  }

  @Test
  void cutsALongListOfDetails() {
    List<String> details = IntStream.rangeClosed(1, 1_061).mapToObj(i -> "row " + i).toList();
    Failure failure = new Failure(ExitCode.FAILED, "what", "", details);
    printer().failed(failure.inLog());
    assertThat(surrounded.err().lines())
        .hasSize(52)
        .contains("  - row 50")
        .doesNotContain("  - row 51")
        .endsWith("  ... and 1,011 more, see the log");
  }

  @Test
  void tellsAllDetailsWhereNoLogHasThem() {
    List<String> details = IntStream.rangeClosed(1, 1_061).mapToObj(i -> "row " + i).toList();
    printer().failed(new Failure(ExitCode.FAILED, "what", "", details));
    assertThat(surrounded.err().lines()).hasSize(1_062);
  }

  @Test
  void beginsANewLineWhereAQuestionIsInterrupted() {
    surrounded.typing("").with("NO_COLOR", "1");
    TextPrinter printer = printer();
    printer.asks(Note.of(Text.ASK_WRITE, "dev", "localhost"), "");
    printer.failed(new Failure(ExitCode.INTERRUPTED, "what", "", List.of()));
    assertThat(surrounded.err().text())
        .isEqualTo("Write to dev, in localhost? [y/N] \ninterrupted: what\n");
  }

  private record NoResult() implements Result {
    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return "";
    }

    @Override
    public void print(Page page) {}
  }
}
