package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.LocalHost;
import io.travaso.host.RunningCommand;
import io.travaso.table.TableId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pg_dump and pg_restore, in the custom format: a plain script cut at a statement's
 * end restores without an error, and psql would run commands it finds in one.
 */
public final class PgDump implements DumpTool {
  private static final int SHOWN_ERRORS = 20;
  private static final Set<String> CONNECTION_KEYWORDS =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout");

  private final LocalHost host = new LocalHost();
  private final PgPrograms programs;
  private final ConnectionSettings database;
  private final Duration lockWait;

  private PgDump(PgPrograms programs, ConnectionSettings database, Duration lockWait) {
    this.programs = programs;
    this.database = database;
    this.lockWait = lockWait;
  }

  /**
   * Finds the programs.
   *
   * @param directory the folder they are in; null to look into PATH and the usual places
   * @param lockWait how long a dump waits for a table somebody has locked
   * @throws SyncException when there are none, or only older ones than the server
   */
  public static PgDump find(
      ConnectionSettings database, @Nullable Path directory, int serverMajor, Duration lockWait) {
    return new PgDump(PgPrograms.find(new LocalHost(), directory, serverMajor), database, lockWait);
  }

  @Override
  public String toolVersion() {
    return "pg_dump " + programs.version();
  }

  @Override
  public String ending() {
    return ".dump";
  }

  @Override
  public String restoreHint() {
    return "Restore the file with pg_restore into an empty database, and look at it there.";
  }

  @Override
  public void requireRights() {
    // pg_dump fails where it may not read something; nothing is left out in silence.
  }

  @Override
  public void dump(Path part) {
    Command dump =
        Command.of(
            programs.dump().toString(),
            "--format=custom",
            "--compress=1",
            // Whatever the database's own encoding, the rows of an archive can be read as UTF-8.
            "--encoding=UTF8",
            "--no-password",
            "--exclude-schema=travaso",
            "--load-via-partition-root",
            "--lock-wait-timeout=" + lockWait.toMillis(),
            "--file=" + part,
            "--dbname=" + connection());
    String what = "dump the database " + database.name();
    Secret password = database.password();
    if (password == null) {
      succeed(dump.without(postgresVariables(Set.of("PGPASSFILE"))), what);
      return;
    }
    try (PassFile passFile = PassFile.of(password)) {
      succeed(
          dump.without(postgresVariables(Set.of())).with("PGPASSFILE", passFile.path().toString()),
          what);
    } catch (IOException e) {
      throw failed("could not write a password file to " + what, e);
    }
  }

  @Override
  public void prove(Path file) {
    // Listing the contents reads only the start of the file; writing the script reads all of it.
    succeed(restore("--file=/dev/null", file.toString()), "read the backup " + file + " in full");
  }

  @Override
  public void readTables(Path archive, Set<TableId> tables, TableDataSink sink) {
    String what = "read tables from the backup " + archive;
    String listing = succeed(restore("--list", archive.toString()), what).output();
    ArchiveContents contents = ArchiveContents.of(listing, tables);
    if (!contents.missing().isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "the backup " + archive + " lacks tables",
          "choose a backup that was taken when they existed",
          contents.missing().stream().map(TableId::toString).toList());
    }
    if (contents.dataEntries().isEmpty()) {
      return;
    }
    try {
      Path selection = Files.createTempFile("travaso-tables-", ".list");
      try {
        Files.writeString(selection, contents.selection(), StandardCharsets.US_ASCII);
        stream(what, selection, archive, tables, sink);
      } finally {
        Files.delete(selection);
      }
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  private void stream(
      String what, Path selection, Path archive, Set<TableId> tables, TableDataSink sink)
      throws IOException {
    Command data =
        restore("--data-only", "--use-list=" + selection, "--file=-", archive.toString());
    try (RunningCommand running = host.start(data)) {
      running.input().close();
      CopyScript script = new CopyScript(running.output(), tables, sink);
      boolean whole = script.read();
      check(running.waitFor(), data, what);
      if (!whole) {
        throw new IOException("the rows of a table have no end");
      }
    }
  }

  private Command restore(String... arguments) {
    return Command.of(programs.restore().toString())
        .and(arguments)
        .without(postgresVariables(Set.of()))
        .with("LC_ALL", "C");
  }

  private CommandResult succeed(Command command, String what) {
    return check(host.run(command.with("LC_ALL", "C")), command, what);
  }

  private static CommandResult check(CommandResult result, Command command, String what) {
    if (result.succeeded()) {
      return result;
    }
    List<String> errors =
        result.errorLines().stream()
            // The server's DETAIL shows values of rows.
            .filter(line -> !line.contains("DETAIL:"))
            .toList();
    throw new SyncException(
        SyncException.Kind.FAILED,
        "could not "
            + what
            + ": "
            + Path.of(command.program()).getFileName()
            + " ended with status "
            + result.exitStatus(),
        hint(errors),
        errors.subList(Math.max(0, errors.size() - SHOWN_ERRORS), errors.size()));
  }

  private static String hint(List<String> errors) {
    String text = String.join("\n", errors);
    if (text.contains("password authentication failed") || text.contains("no password supplied")) {
      return "see the database's user and password";
    }
    if (text.contains("No space left on device")) {
      return "make room, or set another directory for backups";
    }
    if (text.contains("statement timeout") || text.contains("lock timeout")) {
      return "somebody holds a lock on a table: end that session, then try again";
    }
    if (text.contains("permission denied")) {
      return "a backup needs the right to read every table: grant it, or use the tables' owner";
    }
    return "";
  }

  /**
   * libpq's connection string: as a name alone, a database called {@code a=b} would be taken for
   * one. PostgreSQL's manual, "Keyword/Value Connection Strings": values in single quotes, single
   * quotes and backslashes escaped with a backslash.
   */
  private String connection() {
    Map<String, String> values = new TreeMap<>(database.parameters());
    values.keySet().retainAll(CONNECTION_KEYWORDS);
    values.put("host", database.host());
    values.put("port", String.valueOf(database.port()));
    values.put("user", database.user());
    values.put("dbname", database.database());
    values.put("application_name", "travaso backup");
    StringJoiner text = new StringJoiner(" ");
    values.forEach(
        (key, value) ->
            text.add(key + "='" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"));
    return text.toString();
  }

  /** Every variable by which libpq could be told to go elsewhere. */
  private static Set<String> postgresVariables(Set<String> kept) {
    return System.getenv().keySet().stream()
        .filter(name -> name.matches("PG[A-Z_]+") && !kept.contains(name))
        .collect(Collectors.toSet());
  }

  private static SyncException failed(String what, IOException e) {
    return new SyncException(SyncException.Kind.FAILED, what + ": " + e.getMessage(), "", e);
  }
}
