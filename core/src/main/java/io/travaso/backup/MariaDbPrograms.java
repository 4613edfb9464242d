package io.travaso.backup;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mariadb-dump. What it writes is the server's own text, so one that is older than the server
 * will do, but for those that do not know all kinds of objects.
 *
 * @param version such as {@code 10.11.19}
 */
record MariaDbPrograms(String dump, int major, int minor, String version) {

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
  private static final List<String> CLIENTS = List.of("mariadb", "mysql");
  private static final List<ProgramFolders.Place> PLACES =
      List.of(
          new ProgramFolders.Place("/usr", "bin", ""),
          new ProgramFolders.Place("/usr/local", "{mysql,mariadb}", "bin"),
          new ProgramFolders.Place("/opt/homebrew/opt", "{mariadb,mariadb@*}", "bin"),
          new ProgramFolders.Place("/usr/local/opt", "{mariadb,mariadb@*}", "bin"));

  /** The newest program. */
  static MariaDbPrograms find(ToolBox tools) {
    List<MariaDbPrograms> found = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (ToolBox.Found program : tools.find(NAMES, PLACES)) {
      Matcher version = VERSION.matcher(program.version());
      if (version.find()) {
        found.add(
            new MariaDbPrograms(
                program.path(),
                Integer.parseInt(version.group(2)),
                Integer.parseInt(version.group(3)),
                version.group(1)));
      } else {
        others.add(program.path() + " is not MariaDB's: " + program.version().strip());
      }
    }
    return found.stream()
        .max(Comparator.comparingInt(MariaDbPrograms::major).thenComparingInt(p -> p.minor))
        .filter(MariaDbPrograms::isNewEnough)
        .orElseThrow(() -> none(tools, found, others));
  }

  /** The client that runs scripts, beside it. */
  String client(ToolBox tools) {
    String folder = dump.substring(0, dump.lastIndexOf('/') + 1);
    return CLIENTS.stream()
        .map(name -> folder + name)
        .filter(tools::has)
        .findFirst()
        .orElseThrow(
            () ->
                SyncException.failed(
                    "there is no client mariadb beside " + dump + " " + tools.place(),
                    "install mariadb-client on the database's host"));
  }

  private boolean isNewEnough() {
    return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
  }

  private static SyncException none(
      ToolBox tools, List<MariaDbPrograms> found, List<String> others) {
    String where = tools.place();
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
}
