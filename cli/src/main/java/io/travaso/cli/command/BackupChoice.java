package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.ServiceFlow;
import io.travaso.site.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which backup a command is about, and on whose host it is. */
final class BackupChoice {
  private static final String LATEST = "latest";

  @Parameters(index = "0", paramLabel = "BACKUP", descriptionKey = "parameter.backup")
  String name = "";

  @Option(names = "--service", paramLabel = "NAME", descriptionKey = "option.service-of-backup")
  @Nullable String service;

  @Mixin EnvironmentOption environment;

  void check(List<String> problems) {
    if (name.equals(LATEST) && service == null) {
      problems.add(LATEST + " needs --service NAME: the latest backup of which service?");
    }
  }

  /** The environment it was named by, or that of its service, or the one on this machine. */
  Environment environment(SyncConfig config) {
    if (service != null) {
      return ServiceChoice.environment(config, ServiceChoice.named(config, service));
    }
    return environment.name == null
        ? ServiceChoice.ofBackup(config, name)
            .map(found -> ServiceChoice.environment(config, found))
            .orElseGet(() -> environment.choose(config))
        : environment.choose(config);
  }

  /** The backup's own name. */
  String name(Site site, Session session) {
    if (service == null) {
      return name;
    }
    if (!name.equals(LATEST)) {
      if (!name.startsWith(service + "_")) {
        throw SyncException.configuration(
            name + " is no backup of " + service, "See `" + session.program() + " backups`.");
      }
      return name;
    }
    String latest = new ServiceFlow(site, session.observer()).latest(service);
    if (latest == null) {
      throw SyncException.failed(
          "There is no whole backup of " + service + " in " + site.environment(),
          "Take one: " + session.program() + " backup " + service);
    }
    return latest;
  }
}
