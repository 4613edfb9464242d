package io.travaso.site;

import io.travaso.config.Environment;
import io.travaso.host.Command;
import java.util.Optional;

/** Where the tool's files are on another host, below the environment's {@code home}. */
public record RemoteLayout(String home) {

  public static RemoteLayout of(Environment environment) {
    return new RemoteLayout(
        Optional.ofNullable(environment.home())
            .orElseThrow(
                () -> new IllegalStateException(environment.name() + " is on this machine")));
  }

  public String launcher() {
    return home + "/bin/travaso";
  }

  public String jar() {
    return home + "/lib/travaso.jar";
  }

  public String config() {
    return home + "/sync-config/sync.yaml";
  }

  public String rollback() {
    return home + "/rollback-last-sync";
  }

  /** The command that lets the site there be asked. */
  Command siteCommand(Environment environment) {
    return Command.of(launcher(), "site", "--config", config(), "--env", environment.name());
  }
}
