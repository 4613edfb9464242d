package io.travaso.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one environment. Its paths are absolute on its own host, wherever that is. */
final class EnvironmentReader {

  private final Surroundings surroundings;
  private final Path root;

  EnvironmentReader(Surroundings surroundings, Path root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  Environment read(String name, Section section) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
      section.problem(
          "", "is not a name for an environment", "use letters, digits, - and _, up to 63 of them");
    }
    boolean isProtected = section.flag("protected", false);
    boolean remote = section.has("ssh");
    Ssh ssh =
        section.section("ssh").map(it -> new SshReader(surroundings, root).read(it)).orElse(null);
    String home = home(section, remote);
    HostPaths paths =
        remote
            ? new HostPaths.There(home == null ? "/" : home)
            : new HostPaths.Here(surroundings, root);
    DatabaseSettings database = new DatabaseReader(paths).ofEnvironment(section);
    DatabaseSettings readFrom = new DatabaseReader(paths).readFrom(section, database);
    Reading reading = section.section("reading").map(Reading::read).orElse(Reading.USUAL);
    Backups backups = BackupsReader.read(section, paths, remote ? "backups" : "backups/sync");
    section.refuseUnknownKeys();
    return new Environment(name, isProtected, ssh, home, database, backups, readFrom, reading);
  }

  private static @Nullable String home(Section section, boolean remote) {
    if (remote && !section.has("home")) {
      section.missing("home", "/srv/app/sync: the tool's own folder on that host");
    }
    Optional<String> home = section.text("home");
    if (home.isPresent() && !home.get().startsWith("/")) {
      section.problem("home", "is not an absolute path", "write it from / on, without ~");
    }
    return home.map(it -> Path.of("/").resolve(it).normalize().toString()).orElse(null);
  }
}
