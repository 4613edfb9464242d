package io.travaso.backup;

import io.travaso.SyncException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pg_dump and its pg_restore.
 *
 * @param version such as {@code 15.18}
 */
record PgPrograms(String directory, int major, String version) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[\\w.]*)");

  private static final List<ProgramFolders.Place> PLACES =
      List.of(
          new ProgramFolders.Place("/usr/lib/postgresql", "*", "bin"),
          new ProgramFolders.Place("/usr", "pgsql-*", "bin"),
          new ProgramFolders.Place("/usr/local", "pgsql", "bin"),
          new ProgramFolders.Place("/opt/homebrew/opt", "{postgresql,postgresql@*,libpq}", "bin"),
          new ProgramFolders.Place("/usr/local/opt", "{postgresql,postgresql@*,libpq}", "bin"),
          new ProgramFolders.Place("/Applications/Postgres.app/Contents/Versions", "*", "bin"));

  String dump() {
    return directory + "/pg_dump";
  }

  String restore() {
    return directory + "/pg_restore";
  }

  /**
   * The newest programs that are not older than the server: pg_dump refuses a newer server, and
   * leaves an empty file.
   */
  static PgPrograms find(ToolBox tools, int serverMajor) {
    List<PgPrograms> found =
        tools.find(List.of("pg_dump"), PLACES).stream()
            .flatMap(PgPrograms::of)
            .sorted(Comparator.comparingInt(PgPrograms::major).reversed())
            .toList();
    return found.stream()
        .filter(each -> each.major >= serverMajor && tools.has(each.restore()))
        .findFirst()
        .orElseThrow(() -> none(tools, serverMajor, found));
  }

  private static Stream<PgPrograms> of(ToolBox.Found dump) {
    Matcher version = VERSION.matcher(dump.version());
    return version.find()
        ? Stream.of(
            new PgPrograms(dump.folder(), Integer.parseInt(version.group(2)), version.group(1)))
        : Stream.empty();
  }

  private static SyncException none(ToolBox tools, int serverMajor, List<PgPrograms> found) {
    String hint =
        "install postgresql-client-"
            + serverMajor
            + " or newer on the database's host, or set database.tools to the folder of its"
            + " programs";
    if (found.stream().noneMatch(each -> tools.has(each.restore()))) {
      return SyncException.failed("there is no pg_dump with its pg_restore " + tools.place(), hint);
    }
    return new SyncException(
        SyncException.Kind.FAILED,
        "every pg_dump "
            + tools.place()
            + " is older than the server, which is PostgreSQL "
            + serverMajor,
        hint,
        found.stream().map(each -> each.dump() + " is " + each.version).toList());
  }
}
