package io.travaso.cli.output;

import java.util.List;

/** Writes a failure for people: what, the details, what to do. */
final class FailureText {
  private static final int MOST = 50;

  private FailureText() {}

  static void print(Failure failure, Page page) {
    String frame = page.messages().text("error." + failure.exitCode().key());
    page.line(page.style().red(frame) + " " + failure.what());
    List<String> details = failure.details();
    details.stream().limit(MOST).forEach(detail -> page.line("  - " + detail));
    if (details.size() > MOST) {
      page.line("  " + page.messages().text("error.more", details.size() - MOST));
    }
    if (!failure.hint().isEmpty()) {
      page.line("  → " + failure.hint());
    }
  }
}
