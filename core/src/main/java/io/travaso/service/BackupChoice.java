package io.travaso.service;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.backup.Backup;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backup that a name means; one of the two is there.
 *
 * @param service a service's
 * @param own one of the environment's own database
 */
record BackupChoice(@Nullable ServiceBackup service, @Nullable Backup own) {

  /** The backup of a name, or the only one whose name begins like this. */
  static BackupChoice of(String name, List<ServiceBackup> services, List<Backup> own) {
    List<String> names =
        Stream.concat(services.stream().map(ServiceBackup::name), own.stream().map(Backup::name))
            .toList();
    String chosen = names.contains(name) ? name : only(name, names);
    return new BackupChoice(
        services.stream().filter(it -> it.name().equals(chosen)).findFirst().orElse(null),
        own.stream().filter(it -> it.name().equals(chosen)).findFirst().orElse(null));
  }

  /** The service's backup, where it is none of the environment's own. */
  ServiceBackup requireService() {
    return Objects.requireNonNull(service);
  }

  private static String only(String name, List<String> names) {
    List<String> begun = names.stream().filter(it -> it.startsWith(name)).toList();
    if (begun.size() == 1 && !name.isEmpty()) {
      return begun.get(0);
    }
    if (begun.isEmpty()) {
      throw SyncException.configuration(
          "there is no backup " + name,
          NearestName.of(name, names)
              .map(nearest -> "did you mean " + nearest + "?")
              .orElse("sync backups shows those there are"));
    }
    throw new SyncException(
        SyncException.Kind.CONFIGURATION,
        String.format(Locale.ROOT, "%d backups begin with %s", begun.size(), name),
        "write more of its name",
        begun);
  }
}
