package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.cli.output.Console;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Printer;
import io.travaso.pipeline.Consent;
import io.travaso.pipeline.Note;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Asks at the terminal. */
final class TerminalConsent implements Consent {
  private final boolean given;
  private final @Nullable String whyNobody;
  private final String hint;
  private final Printer printer;
  private final List<String> yes;
  private final AtomicBoolean asking;
  private final BufferedReader in;

  /**
   * @param given whether {@code --force} was said
   * @param forScripts whether the output is for scripts, which are not asked
   * @param hint what to do where nobody can be asked
   * @param asking is true while an answer is waited for
   */
  TerminalConsent(
      boolean given,
      boolean forScripts,
      String hint,
      Console console,
      Printer printer,
      Messages messages,
      AtomicBoolean asking) {
    this.given = given;
    this.whyNobody =
        forScripts
            ? "--json asks no questions"
            : console.terminal().canAsk() ? null : "this is not a terminal";
    this.hint = hint;
    this.printer = printer;
    this.asking = asking;
    this.yes = List.of(messages.text("ask.answers").split(","));
    this.in =
        new BufferedReader(
            new InputStreamReader(console.in(), Console.charset(console.variables())));
  }

  @Override
  public boolean isGiven(Note question, String answer) {
    if (given) {
      return true;
    }
    if (whyNobody != null) {
      throw SyncException.refused("There is nobody to ask for a yes: " + whyNobody, hint);
    }
    printer.asks(question, answer);
    asking.set(true);
    String typed = readLine();
    asking.set(false);
    return answer.isEmpty() ? yes.contains(typed.toLowerCase(Locale.ROOT)) : typed.equals(answer);
  }

  private String readLine() {
    try {
      String line = in.readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.REFUSED,
          "Reading the answer failed: " + e.getMessage(),
          "Nothing was written.",
          e);
    }
  }

  @Override
  public boolean isGivenBeforehand() {
    return given;
  }
}
