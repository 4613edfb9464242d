package io.travaso.site;

import io.travaso.config.Environment;
import io.travaso.host.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the tool's files are on another host, below the environment's {@code home}. */
public record RemoteLayout(String home) {

  public static RemoteLayout of(Environment environment) {
    return new RemoteLayout(
        Optional.ofNullable(environment.home())
            .orElseThrow(
                () -> new IllegalStateException(environment.name() + " is on this machine")));
  }

  /** Every folder the tool's files are in, parents first. */
  public List<String> directories() {
    return List.of(
        home, home + "/bin", home + "/lib", home + "/sync-config", home + "/sync-config/runbooks");
  }

  /** Not called {@code sync}: that would shadow the system's own on a PATH. */
  public String launcher() {
    return home + "/bin/travaso";
  }

  public String jar() {
    return home + "/lib/travaso.jar";
  }

  /** Its folder's name makes {@link #home} the project's folder over there. */
  public String config() {
    return home + "/sync-config/sync.yaml";
  }

  /** The runbook of a service. */
  public String runbook(String service) {
    return home + "/sync-config/runbooks/" + service + ".yaml";
  }

  /** What is typed on that host to take the last sync back. */
  public String rollback() {
    return home + "/rollback-last-sync";
  }

  /** The command that lets the site there be asked. */
  Command siteCommand(Environment environment) {
    List<String> words =
        new ArrayList<>(
            List.of(launcher(), "site", "--config", config(), "--env", environment.name()));
    int jobs = environment.reading().jobs();
    if (jobs > 0) {
      words.addAll(List.of("--jobs", Integer.toString(jobs)));
    }
    return Command.of(words);
  }
}
