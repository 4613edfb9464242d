package io.travaso.cli.output;

import java.util.List;

/** Writes a failure for people: what, the details, what to do. */
final class FailureText {
  /** How many details are shown where the log has them all. */
  private static final int MOST = 50;

  private FailureText() {}

  static void print(Failure failure, Page page) {
    String frame = page.messages().text("error." + failure.exitCode().key());
    page.line(page.style().red(frame) + " " + failure.what());
    List<String> details = failure.details();
    int shown = failure.isInLog() ? Math.min(MOST, details.size()) : details.size();
    details.subList(0, shown).forEach(detail -> page.line("  - " + detail));
    if (shown < details.size()) {
      page.line("  " + page.messages().text("error.more", details.size() - shown));
    }
    if (!failure.hint().isEmpty()) {
      page.line("  → " + failure.hint());
    }
  }
}
