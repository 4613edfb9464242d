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
 * A pg_dump and its pg_restore.
 *
 * @param version such as {@code 15.18}
 */
record PgPrograms(Path directory, int major, String version) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[\\w.]*)");

  private static final List<ProgramFolders.Place> PLACES =
      List.of(
          new ProgramFolders.Place("/usr/lib/postgresql", "*", "bin"),
          new ProgramFolders.Place("/usr", "pgsql-*", "bin"),
          new ProgramFolders.Place("/usr/local", "pgsql", "bin"),
          new ProgramFolders.Place("/opt/homebrew/opt", "{postgresql,postgresql@*,libpq}", "bin"),
          new ProgramFolders.Place("/usr/local/opt", "{postgresql,postgresql@*,libpq}", "bin"),
          new ProgramFolders.Place("/Applications/Postgres.app/Contents/Versions", "*", "bin"));

  Path dump() {
    return directory.resolve("pg_dump");
  }

  Path restore() {
    return directory.resolve("pg_restore");
  }

  /**
   * The newest programs that are not older than the server: pg_dump refuses a newer server, and
   * leaves an empty file.
   *
   * @param configured the one folder to look into; null for PATH and the usual places
   */
  static PgPrograms find(LocalHost host, @Nullable Path configured, int serverMajor) {
    List<PgPrograms> found = new ArrayList<>();
    for (Path folder :
        configured == null ? ProgramFolders.usual(PLACES, "pg_dump") : Set.of(configured)) {
      addFrom(host, folder, found);
    }
    return found.stream()
        .max(Comparator.comparingInt(PgPrograms::major))
        .filter(newest -> newest.major >= serverMajor)
        .orElseThrow(() -> none(configured, serverMajor, found));
  }

  private static SyncException none(
      @Nullable Path configured, int serverMajor, List<PgPrograms> found) {
    String where = configured == null ? "on this host" : "in " + configured;
    String hint =
        "install postgresql-client-"
            + serverMajor
            + " or newer on the database's host, or set database.tools to the folder of its"
            + " programs";
    if (found.isEmpty()) {
      return SyncException.failed("there is no pg_dump with its pg_restore " + where, hint);
    }
    return new SyncException(
        SyncException.Kind.FAILED,
        "every pg_dump " + where + " is older than the server, which is PostgreSQL " + serverMajor,
        hint,
        found.stream().map(each -> each.dump() + " is " + each.version).toList());
  }

  private static void addFrom(LocalHost host, Path folder, List<PgPrograms> found) {
    Path dump = folder.resolve("pg_dump");
    if (!Files.isExecutable(dump) || !Files.isExecutable(folder.resolve("pg_restore"))) {
      return;
    }
    CommandResult result =
        host.run(Command.of(dump.toString(), "--version").within(Duration.ofSeconds(30)));
    Matcher version = VERSION.matcher(result.output());
    if (result.succeeded() && version.find()) {
      found.add(new PgPrograms(folder, Integer.parseInt(version.group(2)), version.group(1)));
    }
  }
}
