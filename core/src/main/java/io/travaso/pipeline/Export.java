package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.merge.MergePolicy;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.Exported;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first half of a sync, for those who move the fixture themselves. */
public final class Export {
  private final Site source;
  private final Guard guard;
  private final Observer observer;

  public Export(Site source, Guard guard, Observer observer) {
    this.source = source;
    this.guard = guard;
    this.observer = observer;
  }

  /**
   * Checks the source and exports its tables.
   *
   * @param tables the names of the tables to export; empty for the whole set
   * @param output the fixture to write, on the source's host; null for one of its own name among
   *     the exports, which is brought here
   * @param indent spaces a level of JSON; 0 for one record a line
   * @return the fixture; its file is on this machine unless {@code output} was given for a remote
   *     source
   */
  public Exported run(List<String> tables, @Nullable Path output, int indent) {
    check(tables);
    observer.begins(Step.EXPORT);
    Exported exported =
        source.export(
            new Requests.Export(tables, output == null ? null : output.toString(), indent),
            observer);
    observer.done(
        Step.EXPORT, Note.of(Text.EXPORTED, exported.records(), exported.bytes(), exported.file()));
    if (output != null) {
      return exported;
    }
    return exported.at(source.fetch(exported, observer));
  }

  private void check(List<String> tables) {
    observer.begins(Step.CHECK);
    SiteReport report =
        source.check(new Requests.Check(Role.SOURCE, tables, MergePolicy.UPSERT, false), observer);
    List<Finding> findings = new ArrayList<>(guard.own(report));
    findings.addAll(report.findings());
    findings.stream()
        .filter(f -> f.severity() == Finding.Severity.WARNING)
        .forEach(observer::found);
    Finding.throwProblems("The check found what keeps the export from running", findings);
    observer.done(
        Step.CHECK, Note.of(Text.CHECKED_ONE, report.tables().size(), report.environment()));
  }
}
