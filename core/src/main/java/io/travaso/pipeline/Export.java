package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.merge.MergePolicy;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.Exported;
import io.travaso.site.FixtureEnding;
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
   * @param output the fixture to write, on this machine; null for a name of its own among the
   *     exports
   * @param format {@code json} or {@code jsonl}; null for what the name says
   * @param indent spaces a level of JSON; 0 for one record a line
   * @return the fixture, on this machine
   */
  public Exported run(
      List<String> tables, @Nullable Path output, @Nullable String format, int indent) {
    String ending = FixtureEnding.of(output, format, indent);
    check(tables);
    observer.begins(Step.EXPORT);
    String there = source.isLocal() && output != null ? output.toString() : null;
    Exported exported = source.export(new Requests.Export(tables, there, ending, indent), observer);
    Exported here = exported.at(source.fetch(exported, output, observer));
    observer.done(Step.EXPORT, Note.of(Text.EXPORTED, here.records(), here.bytes(), here.file()));
    return here;
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
