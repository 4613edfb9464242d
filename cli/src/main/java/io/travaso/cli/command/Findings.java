package io.travaso.cli.command;

import io.travaso.Finding;
import io.travaso.Finding.Severity;
import io.travaso.SyncException.Kind;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Style;
import io.travaso.pipeline.Doctor.Section;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What checks found, as it is told: green, yellow and red. */
final class Findings {
  /** What keeps the other checks from being made counts first. */
  private static final List<Kind> ORDER = List.of(Kind.HOST, Kind.CONFIGURATION, Kind.REFUSED);

  private Findings() {}

  static long count(Collection<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** That of the gravest problem; done, where there is none. */
  static ExitCode exitCode(Collection<Finding> findings) {
    List<Kind> kinds = findings.stream().filter(Finding::isProblem).map(Finding::kind).toList();
    if (kinds.isEmpty()) {
      return ExitCode.DONE;
    }
    return ORDER.stream()
        .filter(kinds::contains)
        .findFirst()
        .map(ExitCode::of)
        .orElse(ExitCode.FAILED);
  }

  static Map<String, Object> json(Section section) {
    return Map.of(
        "subject",
        section.subject(),
        "findings",
        section.findings().stream().map(Findings::json).toList());
  }

  private static Map<String, Object> json(Finding finding) {
    return Map.of(
        "severity",
        finding.severity().name().toLowerCase(Locale.ROOT),
        "what",
        finding.what(),
        "hint",
        finding.hint());
  }

  static void print(Section section, Page page) {
    page.line(page.style().bold(section.subject()));
    int widest = 0;
    for (Severity severity : Severity.values()) {
      widest = Math.max(widest, name(severity, page.messages()).length());
    }
    for (Finding finding : section.findings()) {
      String name = name(finding.severity(), page.messages());
      String padding = " ".repeat(widest - name.length() + 2);
      String mark = coloured(finding.severity(), name, page.style());
      page.line("  " + mark + padding + finding.what());
      if (!finding.hint().isEmpty()) {
        page.line(" ".repeat(widest + 4) + "→ " + finding.hint());
      }
    }
    page.blank();
  }

  private static String name(Severity severity, Messages messages) {
    return messages.text("severity." + severity.name());
  }

  private static String coloured(Severity severity, String name, Style style) {
    return switch (severity) {
      case OK -> style.green(name);
      case WARNING -> style.yellow(name);
      case PROBLEM -> style.red(name);
    };
  }
}
