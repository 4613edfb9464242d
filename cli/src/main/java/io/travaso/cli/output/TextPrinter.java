package io.travaso.cli.output;

import io.travaso.Finding;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncReport;
import java.util.List;
import java.util.function.LongSupplier;

/** Shows a run to people: its steps, its plan, how it ended. */
public final class TextPrinter implements Printer {
  private final Messages messages;
  private final Page out;
  private final Page err;
  private final ProgressLine progress;
  private final int nameWidth;
  private boolean inStep;
  private volatile boolean asking;

  /**
   * @param nanoTime the time in nanoseconds, from anywhere
   */
  public TextPrinter(Console console, Messages messages, LongSupplier nanoTime) {
    this.messages = messages;
    int columns = console.terminal().columns();
    this.out = new Page(console.out(), messages, console.outStyle(), columns);
    this.err = new Page(console.err(), messages, console.errStyle(), columns);
    this.progress = new ProgressLine(console, messages, nanoTime);
    int widest = 0;
    for (Step step : Step.values()) {
      widest = Math.max(widest, messages.step(step).length());
    }
    this.nameWidth = widest;
  }

  @Override
  public void begins(Step step) {
    inStep = true;
    asking = false;
    progress.begin(head(step).strip());
  }

  @Override
  public void at(String work, long done, long total) {
    progress.at(work, done, total);
  }

  @Override
  public void done(Step step, Note note) {
    end();
    out.line(head(step) + messages.text(note));
  }

  @Override
  public void skipped(Step step, Note reason) {
    end();
    String text = messages.text("step.skipped", messages.text(reason));
    out.line(out.style().dim(head(step) + text));
  }

  private void end() {
    progress.clear();
    asking = false;
    inStep = false;
  }

  private String head(Step step) {
    String name = messages.step(step);
    String padding = " ".repeat(nameWidth + 2 - name.length());
    return step.number() + "/" + Step.values().length + " " + name + padding;
  }

  @Override
  public void found(Finding finding) {
    progress.clear();
    err.line(err.style().yellow(messages.text("warning")) + " " + finding.what());
    if (!finding.hint().isEmpty()) {
      err.line("  → " + finding.hint());
    }
  }

  @Override
  public void planned(SyncReport report) {
    progress.clear();
    out.blank();
    new Preview(messages, out.style(), out.columns()).lines(report).forEach(out::line);
    out.blank();
    RowLists rows = new RowLists(messages, out.columns());
    print(rows.conflicts(report));
    print(rows.overwritten(report));
  }

  private void print(List<String> lines) {
    if (!lines.isEmpty()) {
      out.line(out.style().bold(lines.get(0)));
      lines.subList(1, lines.size()).forEach(out::line);
      out.blank();
    }
  }

  @Override
  public void tells(Note note) {
    progress.clear();
    out.line((inStep ? "    " : "") + messages.text(note));
  }

  @Override
  public void tells(String line) {
    progress.clear();
    out.line((inStep ? "    " : "") + line);
  }

  @Override
  public void asks(Note question, String answer) {
    progress.clear();
    asking = true;
    String how = answer.isEmpty() ? messages.text("ask.yes") : messages.text("ask.type", answer);
    err.prompt(messages.text(question) + " " + how + " ");
  }

  @Override
  public void result(Result result) {
    progress.clear();
    result.print(out);
  }

  @Override
  public void failed(Failure failure) {
    progress.clear();
    if (asking) {
      // Ctrl-C leaves the question without the end of its line.
      err.blank();
    }
    FailureText.print(failure, err);
  }

  @Override
  public void warns(String what) {
    progress.clear();
    err.line(err.style().yellow(messages.text("warning")) + " " + what);
  }
}
