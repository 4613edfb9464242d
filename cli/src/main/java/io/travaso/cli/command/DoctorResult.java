package io.travaso.cli.command;

import io.travaso.Finding;
import io.travaso.Finding.Severity;
import io.travaso.SyncException.Kind;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.Style;
import io.travaso.pipeline.Doctor.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What doctor found. */
record DoctorResult(List<Section> sections) implements Result {
  /** What keeps the other checks from being made counts first. */
  private static final List<Kind> ORDER = List.of(Kind.HOST, Kind.CONFIGURATION, Kind.REFUSED);

  private Stream<Finding> findings() {
    return sections.stream().flatMap(section -> section.findings().stream());
  }

  private long count(Severity severity) {
    return findings().filter(finding -> finding.severity() == severity).count();
  }

  @Override
  public ExitCode exitCode() {
    List<Kind> kinds = findings().filter(Finding::isProblem).map(Finding::kind).toList();
    if (kinds.isEmpty()) {
      return ExitCode.DONE;
    }
    return ORDER.stream()
        .filter(kinds::contains)
        .findFirst()
        .map(ExitCode::of)
        .orElse(ExitCode.FAILED);
  }

  @Override
  public Object json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("command", "doctor");
    json.put("sections", sections.stream().map(DoctorResult::json).toList());
    json.put("warnings", count(Severity.WARNING));
    json.put("problems", count(Severity.PROBLEM));
    json.put("exitCode", exitCode().number());
    return json;
  }

  private static Map<String, Object> json(Section section) {
    return Map.of(
        "subject",
        section.subject(),
        "findings",
        section.findings().stream()
            .map(
                finding ->
                    Map.of(
                        "severity",
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        "what",
                        finding.what(),
                        "hint",
                        finding.hint()))
            .toList());
  }

  @Override
  public void print(Page page) {
    for (Section section : sections) {
      page.line(page.style().bold(section.subject()));
      section.findings().forEach(finding -> print(finding, page));
      page.blank();
    }
    page.text("doctor.total", count(Severity.PROBLEM), count(Severity.WARNING));
  }

  private static void print(Finding finding, Page page) {
    Style style = page.style();
    String name = page.messages().text("severity." + finding.severity().name());
    String mark =
        switch (finding.severity()) {
          case OK -> style.green(name);
          case WARNING -> style.yellow(name);
          case PROBLEM -> style.red(name);
        };
    int widest = 0;
    for (Severity severity : Severity.values()) {
      widest = Math.max(widest, page.messages().text("severity." + severity.name()).length());
    }
    String padding = " ".repeat(widest - name.length() + 2);
    page.line("  " + mark + padding + finding.what());
    if (!finding.hint().isEmpty()) {
      page.line(" ".repeat(widest + 4) + "→ " + finding.hint());
    }
  }
}
