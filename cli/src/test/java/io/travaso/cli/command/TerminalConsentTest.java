package io.travaso.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.cli.output.Console;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.TextPrinter;
import io.travaso.cli.testing.Surrounded;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Note.Text;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalConsentTest {
  private static final Note WRITE = Note.of(Text.ASK_WRITE, "dev", "app@localhost:5432");
  private static final Note PROTECTED = Note.of(Text.ASK_PROTECTED, "prod", "app@vps:5432");

  private final Surrounded surrounded = new Surrounded(Path.of("/"));

  private TerminalConsent consent(boolean force, boolean json) {
    Console console = surrounded.console();
    Messages messages = new Messages(console.language(), ZoneOffset.UTC);
    return new TerminalConsent(
        force,
        json,
        "Say --force.",
        console,
        new TextPrinter(console, messages, () -> 0),
        messages,
        new AtomicBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "en_US.UTF-8, y, true",
    "en_US.UTF-8, YES, true",
    "en_US.UTF-8, '', false",
    "en_US.UTF-8, n, false",
    "en_US.UTF-8, s, false",
    "it_IT.UTF-8, s, true",
    "it_IT.UTF-8, Sì, true",
    "it_IT.UTF-8, y, true",
    "it_IT.UTF-8, no, false"
  })
  void asksForAYes(String lang, String typed, boolean agreed) {
    surrounded.with("LANG", lang).typing(typed + "\n");
    assertThat(consent(false, false).isGiven(WRITE, "")).isEqualTo(agreed);
  }

  @Test
  void showsTheQuestionOnStandardError() {
    surrounded.typing("y\n").with("NO_COLOR", "1");
    consent(false, false).isGiven(WRITE, "");
    assertThat(surrounded.err().text()).isEqualTo("Write to dev, in app@localhost:5432? [y/N] ");
    assertThat(surrounded.out().text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"prod, true", "' prod ', true", "PROD, false", "y, false", "'', false", "dev, false"})
  void wantsTheNameOfAProtectedEnvironment(String typed, boolean agreed) {
    surrounded.typing(typed + "\n");
    assertThat(consent(false, false).isGiven(PROTECTED, "prod")).isEqualTo(agreed);
    assertThat(surrounded.err().text())
        .isEqualTo("prod is protected. Write to it, in app@vps:5432? Type prod for a yes: ");
  }

  @Test
  void takesTheEndOfTheInputForANo() {
    surrounded.typing("");
    assertThat(consent(false, false).isGiven(WRITE, "")).isFalse();
  }

  @Test
  void readsAnAnswerForEachQuestion() {
    surrounded.typing("prod\ny\nn\n");
    TerminalConsent consent = consent(false, false);
    assertThat(consent.isGiven(PROTECTED, "prod")).isTrue();
    assertThat(consent.isGiven(WRITE, "")).isTrue();
    assertThat(consent.isGiven(WRITE, "")).isFalse();
  }

  @Test
  void doesNotAskWhoAgreedBeforehand() {
    TerminalConsent consent = consent(true, true);
    assertThat(consent.isGiven(PROTECTED, "prod")).isTrue();
    assertThat(consent.isGivenBeforehand()).isTrue();
    assertThat(surrounded.err().text()).isEmpty();
  }

  @Test
  void refusesWhereNobodyCanBeAsked() {
    assertThatThrownBy(() -> consent(false, false).isGiven(WRITE, ""))
        .isInstanceOf(SyncException.class)
        .hasMessage("There is nobody to ask for a yes: this is not a terminal")
        .satisfies(
            e -> {
              assertThat(((SyncException) e).kind()).isEqualTo(SyncException.Kind.REFUSED);
              assertThat(((SyncException) e).hint()).isEqualTo("Say --force.");
            });
  }

  @Test
  void refusesToAskScriptsEvenAtATerminal() {
    surrounded.typing("y\n");
    assertThatThrownBy(() -> consent(false, true).isGiven(WRITE, ""))
        .hasMessage("There is nobody to ask for a yes: --json asks no questions");
  }
}
