package io.travaso.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service of a compose project: what belongs together when it is backed up, restored or upgraded.
 *
 * @param name as in the configuration: {@code nextcloud}
 * @param environment on whose host it runs
 * @param compose the project's compose file, absolute on that host
 * @param profile of the compose project; null for none
 * @param databases by the name the backup calls them
 * @param volumes by the name the backup calls them
 * @param quiesce what makes it hold still
 * @param backups where its backups are kept, and for how long
 */
public record ServiceSettings(
    String name,
    String environment,
    String compose,
    @Nullable String profile,
    Map<String, DatabaseSettings> databases,
    Map<String, Volume> volumes,
    Quiesce quiesce,
    Backups backups) {
  public ServiceSettings {
    databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
    volumes = Collections.unmodifiableMap(new LinkedHashMap<>(volumes));
  }

  /**
   * Files of a container that are kept in a volume or a bind mount.
   *
   * @param service the compose service whose container has them
   * @param path the folder inside that container, absolute
   */
  public record Volume(String service, String path) {}

  /**
   * What makes a service hold still, and go on again. The order is: commands before, pause, stop;
   * and back the other way round.
   *
   * @param stop compose services that are stopped
   * @param pause compose services that are paused
   * @param before commands that are run first: maintenance mode on
   * @param after commands that are run last: maintenance mode off
   */
  public record Quiesce(
      List<String> stop,
      List<String> pause,
      List<ServiceCommand> before,
      List<ServiceCommand> after) {
    /** Nothing holds still. */
    public static final Quiesce NONE = new Quiesce(List.of(), List.of(), List.of(), List.of());

    public Quiesce {
      stop = List.copyOf(stop);
      pause = List.copyOf(pause);
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * A command in a running container of the project.
   *
   * @param service the compose service
   * @param user of the container; null for the image's own
   * @param argv the program and its arguments; no shell reads them
   */
  public record ServiceCommand(String service, @Nullable String user, List<String> argv) {
    public ServiceCommand {
      argv = List.copyOf(argv);
    }
  }
}
