package io.travaso.pipeline;

import io.travaso.service.BackupPurpose;
import io.travaso.service.ServiceBackup;
import io.travaso.service.ServiceManifest;
import io.travaso.site.ServiceRequests;
import io.travaso.site.Services;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backups of the services of one environment. */
public final class ServiceFlow {
  private final Site site;
  private final Services services;
  private final Observer observer;

  public ServiceFlow(Site site, Observer observer) {
    this.site = site;
    this.services = site.services();
    this.observer = observer;
  }

  /** A service's backup, as it is listed. */
  public record BackupRow(
      String name,
      String service,
      String directory,
      @Nullable String takenAt,
      long bytes,
      @Nullable String purpose,
      @Nullable String broken) {
    private static BackupRow of(ServiceBackup backup) {
      ServiceManifest manifest = backup.manifest();
      return new BackupRow(
          backup.name(),
          backup.service(),
          backup.directory(),
          manifest == null ? null : manifest.takenAt(),
          backup.bytes(),
          manifest == null ? null : purpose(manifest.purpose()),
          backup.broken());
    }

    private static String purpose(BackupPurpose purpose) {
      return switch (purpose) {
        case MANUAL -> "manual";
        case PRE_RESTORE -> "pre-restore";
        case PRE_UPGRADE -> "pre-upgrade";
        case POST_UPGRADE -> "post-upgrade";
      };
    }
  }

  /** Takes a backup of each of these services, one after the other, and tidies up after each. */
  public OperationReport backUp(List<String> names, @Nullable String place) {
    List<ServiceBackup> taken = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      ServiceBackup backup =
          services.take(new ServiceRequests.Take(name, BackupPurpose.MANUAL, place), observer);
      taken.add(backup);
      lines.addAll(lines(backup));
      List<String> removed = services.prune(new ServiceRequests.Of(name));
      if (!removed.isEmpty()) {
        lines.add("  removed, beyond what is kept: " + String.join(", ", removed));
      }
    }
    return new OperationReport(
        "backup", OperationReport.APPLIED, site.environment(), Map.of("backups", taken), lines);
  }

  private static List<String> lines(ServiceBackup backup) {
    ServiceManifest manifest = backup.contents();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Backup of %s, verified: %s (%s; it held still for %s)"
            .formatted(
                backup.service(),
                backup.directory(),
                Sizes.bytes(backup.bytes()),
                Sizes.time(manifest.heldMillis())));
    manifest
        .databases()
        .forEach(
            d ->
                lines.add(
                    "  database %s: %s %s, %s"
                        .formatted(
                            d.name(), d.engine(), d.serverVersion(), Sizes.bytes(d.bytes()))));
    manifest
        .volumes()
        .forEach(
            v ->
                lines.add(
                    "  volume %s: %s entries, %s"
                        .formatted(v.name(), Sizes.count(v.files()), Sizes.bytes(v.bytes()))));
    if (backup.copiedTo() != null) {
      lines.add("  copied to " + backup.copiedTo());
    }
    return lines;
  }

  /** The backups of all services, the latest first. */
  public List<BackupRow> backups() {
    return services.backups().stream().map(BackupRow::of).toList();
  }

  /**
   * The newest whole backup of a service that somebody asked for, or that was taken after an
   * upgrade; null where it has none. Those taken before something was replaced are chosen by name.
   */
  public @Nullable String latest(String service) {
    return services.backups().stream()
        .filter(b -> b.service().equals(service) && b.broken() == null && isOrdinary(b.manifest()))
        .map(ServiceBackup::name)
        .findFirst()
        .orElse(null);
  }

  private static boolean isOrdinary(@Nullable ServiceManifest manifest) {
    return manifest != null
        && switch (manifest.purpose()) {
          case MANUAL, POST_UPGRADE -> true;
          case PRE_RESTORE, PRE_UPGRADE -> false;
        };
  }

  /** Removes backups beyond what is to be kept. */
  public OperationReport prune(List<String> names) {
    List<String> removed = new ArrayList<>();
    names.forEach(name -> removed.addAll(services.prune(new ServiceRequests.Of(name))));
    List<String> lines =
        removed.isEmpty()
            ? List.of("Nothing to remove: all backups are to be kept.")
            : removed.stream().map(name -> "removed " + name).toList();
    return new OperationReport(
        "backup",
        removed.isEmpty() ? OperationReport.UNCHANGED : OperationReport.APPLIED,
        site.environment(),
        Map.of("removed", removed),
        lines);
  }

  /** Lets a service go on that was left holding still. */
  public OperationReport resume(String service) {
    List<String> started = services.resume(new ServiceRequests.Of(service), observer);
    return new OperationReport(
        "resume",
        started.isEmpty() ? OperationReport.UNCHANGED : OperationReport.APPLIED,
        site.environment(),
        Map.of("started", started),
        // What goes on was told when it did.
        started.isEmpty() ? List.of(service + " was not left holding still.") : List.of());
  }
}
