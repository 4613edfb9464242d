package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.file.PartFile;
import io.travaso.host.RunningCommand;
import io.travaso.table.TableId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pg_dump and pg_restore, in the custom format: a plain script cut at a statement's
 * end restores without an error, and psql would run commands it finds in one.
 */
public final class PgDump implements DumpTool {
  private final ToolBox tools;
  private final PgPrograms programs;
  private final ConnectionSettings database;
  private final Duration lockWait;

  private PgDump(
      ToolBox tools, PgPrograms programs, ConnectionSettings database, Duration lockWait) {
    this.tools = tools;
    this.programs = programs;
    this.database = database;
    this.lockWait = lockWait;
  }

  /**
   * Finds the programs.
   *
   * @param lockWait how long a dump waits for a table somebody has locked
   * @throws SyncException when there are none, or only older ones than the server
   */
  public static PgDump find(
      ConnectionSettings database, ToolBox tools, int serverMajor, Duration lockWait) {
    return new PgDump(tools, PgPrograms.find(tools, serverMajor), database, lockWait);
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
    dump(part, List.of("--exclude-schema=travaso"));
  }

  /** Dumps what is chosen by some options of pg_dump, as {@link #dump(Path)} does. */
  public void dump(Path part, List<String> chosen) {
    List<String> argv = new ArrayList<>();
    argv.add(programs.dump());
    argv.add("--format=custom");
    argv.add("--compress=1");
    // Whatever the database's own encoding, the rows of an archive can be read as UTF-8.
    argv.add("--encoding=UTF8");
    argv.add("--load-via-partition-root");
    argv.add("--lock-wait-timeout=" + lockWait.toMillis());
    argv.addAll(chosen);
    String what = "dump the database " + database.name();
    try (Login login = tools.postgres(database)) {
      argv.addAll(login.arguments());
      try (RunningCommand running = tools.start(argv, login)) {
        copy(running, part, what);
        PgErrors.check(running.waitFor(), programs.dump(), what);
      }
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  private static void copy(RunningCommand running, Path part, String what) {
    try (OutputStream file = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
      running.output().transferTo(file);
    } catch (IOException e) {
      running.close();
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not " + what + ": " + PartFile.reason(e),
          "make room, or set another directory for backups",
          e);
    }
  }

  @Override
  public void prove(Path file) {
    // Listing the contents reads only the start of the file; writing the script reads all of it.
    read(
        List.of("--file=/dev/null"),
        Login.NONE,
        file,
        null,
        "read the backup " + file + " in full");
  }

  /** What {@code pg_restore --list} says of an archive. */
  public String contents(Path archive) {
    String what = "read what is in the backup " + archive;
    try (RunningCommand running =
        tools.startReading(List.of(programs.restore(), "--list"), Login.NONE, archive, null)) {
      String listing = new String(running.output().readAllBytes(), StandardCharsets.UTF_8);
      PgErrors.check(running.waitFor(), programs.restore(), what);
      return listing;
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  /** Restores all of an archive, as {@link #restore(Path, ConnectionSettings, List, String)}. */
  public void restore(Path archive, ConnectionSettings into, List<String> options) {
    restore(archive, into, options, null);
  }

  /**
   * Restores an archive into an empty database, and stops at the first error.
   *
   * @param options of pg_restore
   * @param list the entries to restore, as {@code --use-list} takes them; null for all
   */
  public void restore(
      Path archive, ConnectionSettings into, List<String> options, @Nullable String list) {
    String what = "restore the backup " + archive + " into " + into.name();
    try (Login login = tools.postgres(into)) {
      List<String> arguments = new ArrayList<>(List.of("--exit-on-error"));
      arguments.addAll(options);
      arguments.addAll(login.arguments());
      read(arguments, login, archive, list, what);
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  private void read(
      List<String> arguments, Login login, Path archive, @Nullable String list, String what) {
    List<String> argv = new ArrayList<>(List.of(programs.restore()));
    argv.addAll(arguments);
    try (RunningCommand running = tools.startReading(argv, login, archive, list)) {
      PgErrors.check(running.waitFor(), programs.restore(), what);
    }
  }

  @Override
  public void readTables(Path archive, Set<TableId> tables, TableDataSink sink) {
    String what = "read tables from the backup " + archive;
    String listing = contents(archive);
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
      stream(what, contents.selection(), archive, tables, sink);
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  private void stream(
      String what, String selection, Path archive, Set<TableId> tables, TableDataSink sink)
      throws IOException {
    List<String> argv = List.of(programs.restore(), "--data-only", "--file=-");
    try (RunningCommand running = tools.startReading(argv, Login.NONE, archive, selection)) {
      CopyScript script = new CopyScript(running.output(), tables, sink);
      boolean whole = script.read();
      PgErrors.check(running.waitFor(), programs.restore(), what);
      if (!whole) {
        throw new IOException("the rows of a table have no end");
      }
    }
  }

  private static SyncException failed(String what, IOException e) {
    return new SyncException(SyncException.Kind.FAILED, what + ": " + e.getMessage(), "", e);
  }
}
