package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mariadb-dump. What it writes is the server's own text, so one that is older than the server
 * will do, but for those that do not know all kinds of objects.
 *
 * @param version such as {@code 10.11.19}
 */
record MariaDbPrograms(Path dump, int major, int minor, String version) {

  /**
   * {@code Ver 10.19 Distrib 10.11.19-MariaDB} and, from 10.11.8 and 11 on, {@code from
   * 11.4.2-MariaDB}.
   */
  private static final Pattern VERSION =
      Pattern.compile("(?:Distrib|from) ((\\d+)\\.(\\d+)[.\\d]*)-MariaDB");

  /** The oldest server that is supported; its own program knows all that later ones have. */
  private static final int OLDEST_MAJOR = 10;

  private static final int OLDEST_MINOR = 6;
  private static final List<String> NAMES = List.of("mariadb-dump", "mysqldump");
  private static final List<ProgramFolders.Place> PLACES =
      List.of(
          new ProgramFolders.Place("/usr", "bin", ""),
          new ProgramFolders.Place("/usr/local", "{mysql,mariadb}", "bin"),
          new ProgramFolders.Place("/opt/homebrew/opt", "{mariadb,mariadb@*}", "bin"),
          new ProgramFolders.Place("/usr/local/opt", "{mariadb,mariadb@*}", "bin"));

  /**
   * The newest program.
   *
   * @param configured the one folder to look into; null for PATH and the usual places
   */
  static MariaDbPrograms find(LocalHost host, @Nullable Path configured) {
    List<MariaDbPrograms> found = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Set<Path> folders =
        configured == null ? ProgramFolders.usual(PLACES, NAMES.get(0)) : Set.of(configured);
    for (Path folder : folders) {
      for (String name : NAMES) {
        add(host, folder.resolve(name), found, others);
      }
    }
    return found.stream()
        .max(Comparator.comparingInt(MariaDbPrograms::major).thenComparingInt(p -> p.minor))
        .filter(MariaDbPrograms::isNewEnough)
        .orElseThrow(() -> none(configured, found, others));
  }

  private boolean isNewEnough() {
    return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
  }

  private static SyncException none(
      @Nullable Path configured, List<MariaDbPrograms> found, List<String> others) {
    String where = configured == null ? "on this host" : "in " + configured;
    String hint =
        "install mariadb-client, %d.%d or newer, on the database's host, or set database.tools to the folder of its programs"
            .formatted(OLDEST_MAJOR, OLDEST_MINOR);
    List<String> seen = new ArrayList<>(others);
    found.forEach(each -> seen.add(each.dump + " is " + each.version));
    return new SyncException(
        SyncException.Kind.FAILED,
        seen.isEmpty()
            ? "there is no mariadb-dump " + where
            : "there is no mariadb-dump " + where + " that can be used",
        hint,
        seen);
  }

  private static void add(
      LocalHost host, Path dump, List<MariaDbPrograms> found, List<String> others) {
    if (!Files.isExecutable(dump)) {
      return;
    }
    CommandResult result =
        host.run(Command.of(dump.toString(), "--version").within(Duration.ofSeconds(30)));
    Matcher version = VERSION.matcher(result.output());
    if (result.succeeded() && version.find()) {
      found.add(
          new MariaDbPrograms(
              dump,
              Integer.parseInt(version.group(2)),
              Integer.parseInt(version.group(3)),
              version.group(1)));
    } else if (result.succeeded()) {
      others.add(dump + " is not MariaDB's: " + result.output().strip());
    }
  }
}
