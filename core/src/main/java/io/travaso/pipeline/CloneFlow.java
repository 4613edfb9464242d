package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.cloning.ClonePackage;
import io.travaso.cloning.ClonePlan;
import io.travaso.cloning.CloneResult;
import io.travaso.cloning.CloneSource;
import io.travaso.cloning.CloneTable;
import io.travaso.cloning.ClonedTable;
import io.travaso.cloning.Origin;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a whole database a clone of another environment's. */
public final class CloneFlow {
  private static final String COMMAND = "clone";

  private final Site source;
  private final Site target;
  private final Guard guard;
  private final Observer observer;
  private final Consent consent;

  public CloneFlow(Site source, Site target, Guard guard, Observer observer, Consent consent) {
    this.source = source;
    this.target = target;
    this.guard = guard;
    this.observer = observer;
    this.consent = consent;
  }

  /**
   * Clones.
   *
   * @param dryRun whether to stop before the source's rows are read
   * @param againstMaster whether it goes against the direction that {@code mode} sets
   */
  public OperationReport run(boolean dryRun, boolean againstMaster) {
    Checked checked = guard.checkClone(source, target, againstMaster, observer);
    CloneSource whole = source.cloning().look(observer);
    ClonePlan plan = target.cloning().plan(whole, observer);
    List<String> planned = lines(plan);
    if (dryRun) {
      return new OperationReport(
          COMMAND, OperationReport.PLANNED, target.environment(), plan, planned);
    }
    planned.forEach(observer::tells);
    boolean agreed =
        consent.isGiven(
            Note.of(
                Text.ASK_CLONE,
                source.environment(),
                target.environment(),
                checked.target().place()),
            "");
    if (!agreed) {
      throw SyncException.refused("Not confirmed; nothing was written", "");
    }
    ClonePackage there = source.cloning().export(observer);
    try {
      observer.tells(
          "exported: %s rows, %s"
              .formatted(Sizes.count(there.source().rows()), Sizes.bytes(there.bytes())));
      ClonePackage here = source.cloning().fetch(there, observer);
      try {
        return replace(here);
      } finally {
        // It holds the source's rows, and nobody needs it any more.
        forgetHere(here);
      }
    } finally {
      source.cloning().forget(there);
    }
  }

  private OperationReport replace(ClonePackage here) {
    Backup backup = target.backup(new Requests.TakeBackup(BackupLabel.PRE_RESTORE, null), observer);
    observer.tells(
        "backed up: %s, %s, verified".formatted(backup.name(), Sizes.bytes(backup.bytes())));
    ClonePackage there = target.cloning().send(here, observer);
    CloneResult result;
    try {
      result = target.cloning().replace(there, observer);
    } finally {
      if (!target.isLocal()) {
        target.cloning().forget(there);
      }
    }
    target.retain(new Requests.Retain(null));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("backup", backup.name());
    json.put("tables", result.tables());
    json.put("notes", result.notes());
    return new OperationReport(
        COMMAND, OperationReport.APPLIED, target.environment(), json, lines(result, backup));
  }

  private void forgetHere(ClonePackage here) {
    try {
      Files.deleteIfExists(Path.of(here.file()));
    } catch (IOException e) {
      observer.tells("could not remove " + here.file() + ": remove it by hand");
    }
  }

  private static List<String> lines(ClonePlan plan) {
    CloneSource source = plan.source();
    List<String> lines = new ArrayList<>();
    lines.add(
        "A clone of %s (%s %s, %s): %s rows of %d tables, %d columns masked"
            .formatted(
                source.environment(),
                source.engine(),
                source.version(),
                Sizes.bytes(source.databaseBytes()),
                Sizes.count(source.rows()),
                source.tables().stream().filter(t -> t.origin() == Origin.SOURCE).count(),
                source.maskedColumns()));
    for (CloneTable table : source.tables()) {
      if (!table.masked().isEmpty()) {
        lines.add(
            "  masked      %s: %s".formatted(table.label(), String.join(", ", table.masked())));
      }
    }
    for (ClonedTable table : plan.tables()) {
      switch (table.origin()) {
        case TARGET ->
            lines.add(
                "  kept        %s: its own %s rows"
                    .formatted(table.label(), Sizes.count(table.before())));
        case NOBODY ->
            lines.add(
                "  empty       %s: %s rows are lost"
                    .formatted(table.label(), Sizes.count(table.before())));
        case SOURCE ->
            lines.add(
                "  cloned      %s: %s rows, before %s"
                    .formatted(
                        table.label(), Sizes.count(table.after()), Sizes.count(table.before())));
      }
    }
    plan.lost()
        .forEach(
            t ->
                lines.add(
                    "  lost        %s: %s rows".formatted(t.label(), Sizes.count(t.before()))));
    plan.notes().forEach(note -> lines.add("  " + note));
    return lines;
  }

  private List<String> lines(CloneResult result, Backup backup) {
    List<String> lines = new ArrayList<>();
    long rows =
        result.tables().stream()
            .filter(t -> t.origin() == Origin.SOURCE)
            .mapToLong(ClonedTable::after)
            .sum();
    lines.add(
        "%s is a clone of %s now: %s rows of %d tables."
            .formatted(
                target.environment(),
                source.environment(),
                Sizes.count(rows),
                result.tables().size()));
    result.notes().forEach(note -> lines.add("  " + note));
    lines.add(
        "To take it back: sync restore %s --env %s".formatted(backup.name(), target.environment()));
    return lines;
  }
}
