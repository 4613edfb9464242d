package io.travaso.cli.command;

import io.travaso.Finding;
import io.travaso.Finding.Severity;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.pipeline.Doctor.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What doctor found. */
record DoctorResult(List<Section> sections) implements Result {

  private List<Finding> all() {
    return sections.stream().flatMap(section -> section.findings().stream()).toList();
  }

  @Override
  public ExitCode exitCode() {
    return Findings.exitCode(all());
  }

  @Override
  public Object json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("command", "doctor");
    json.put("sections", sections.stream().map(Findings::json).toList());
    json.put("warnings", Findings.count(all(), Severity.WARNING));
    json.put("problems", Findings.count(all(), Severity.PROBLEM));
    json.put("exitCode", exitCode().number());
    return json;
  }

  @Override
  public void print(Page page) {
    sections.forEach(section -> Findings.print(section, page));
    page.text(
        "doctor.total",
        Findings.count(all(), Severity.PROBLEM),
        Findings.count(all(), Severity.WARNING));
  }
}
