package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.pipeline.Note.Text;
import io.travaso.service.RestorePlan;
import io.travaso.service.Restored;
import io.travaso.service.Verified;
import io.travaso.site.ServiceRequests;
import io.travaso.site.Services;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole backups brought back: beside the real databases to see that they can, or for real. */
public final class RestoreFlow {
  private final Site site;
  private final Services services;
  private final Environment environment;
  private final Observer observer;
  private final Consent consent;

  public RestoreFlow(Site site, Environment environment, Observer observer, Consent consent) {
    this.site = site;
    this.services = site.services();
    this.environment = environment;
    this.observer = observer;
    this.consent = consent;
  }

  /** Reads a backup in full, restores its databases beside the real ones, and counts their rows. */
  public OperationReport verify(String name) {
    Verified verified = services.verify(new ServiceRequests.Named(name), observer);
    List<String> lines = new ArrayList<>();
    for (Verified.Database database : verified.databases()) {
      lines.add(
          "database %s (%s): %s rows in %d tables, restored in %s"
              .formatted(
                  database.name(),
                  database.engine(),
                  Sizes.count(database.rows()),
                  database.tables().size(),
                  Sizes.time(database.millis())));
      database
          .tables()
          .forEach(t -> lines.add("  %12s  %s".formatted(Sizes.count(t.rows()), t.table())));
    }
    verified
        .volumes()
        .forEach(
            v ->
                lines.add(
                    "volume %s: %s entries, %s"
                        .formatted(v.name(), Sizes.count(v.files()), Sizes.bytes(v.bytes()))));
    lines.add(
        "%s of %s is whole and can be restored (%s)."
            .formatted(verified.name(), verified.takenAt(), Sizes.time(verified.millis())));
    return new OperationReport(
        "verify", OperationReport.APPLIED, site.environment(), verified, lines);
  }

  /**
   * Replaces databases and volumes with a backup's.
   *
   * @param parts names of databases and volumes; null for all
   * @param dryRun whether to stop before anything is written
   */
  public OperationReport restore(String name, @Nullable List<String> parts, boolean dryRun) {
    ServiceRequests.Restore request = new ServiceRequests.Restore(name, parts);
    RestorePlan plan = services.planRestore(request);
    List<String> planned = lines(plan);
    if (dryRun) {
      return new OperationReport(
          "restore", OperationReport.PLANNED, site.environment(), plan, planned);
    }
    planned.forEach(observer::tells);
    boolean agreed =
        consent.isGiven(
            Note.of(Text.ASK_RESTORE, plan.name(), environment.name()),
            environment.isProtected() ? environment.name() : "");
    if (!agreed) {
      throw SyncException.refused("Not confirmed; nothing was written", "");
    }
    Restored restored = services.restore(new ServiceRequests.Restore(plan.name(), parts), observer);
    return new OperationReport(
        "restore", OperationReport.APPLIED, site.environment(), restored, lines(restored));
  }

  private static List<String> lines(RestorePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "From %s, taken %s, these are replaced in %s:"
            .formatted(plan.name(), plan.takenAt(), plan.environment()));
    for (RestorePlan.Part part : plan.parts()) {
      lines.add(
          "  %s %s: %s, with the backup's %s"
              .formatted(part.kind(), part.name(), part.place(), Sizes.bytes(part.backupBytes())));
    }
    if (!plan.stops().isEmpty()) {
      lines.add("  stopped meanwhile: " + String.join(", ", plan.stops()));
    }
    plan.notes().forEach(note -> lines.add("  " + note));
    return lines;
  }

  private static List<String> lines(Restored restored) {
    List<String> lines = new ArrayList<>();
    lines.add("Restored from " + restored.name() + " in " + restored.environment() + ":");
    restored.parts().forEach(part -> lines.add("  %s %s".formatted(part.kind(), part.name())));
    if (!restored.started().isEmpty()) {
      lines.add(
          "  running again after %s: %s"
              .formatted(Sizes.time(restored.downMillis()), String.join(", ", restored.started())));
    }
    if (restored.before() != null) {
      lines.add("To take it back: sync restore " + restored.before());
    }
    return lines;
  }
}
