package io.travaso.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.mariadb.MariaDbDumpSql;
import io.travaso.database.mariadb.MariaDbDumpSql.FloatTable;
import io.travaso.file.PartFile;
import io.travaso.host.RunningCommand;
import io.travaso.table.TableId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's mariadb-dump: an SQL script, compressed on its way to the file. A script that was cut
 * at a statement's end restores without an error, so its last line must say that it is whole.
 */
public final class MariaDbDump implements DumpTool {
  private static final int BUFFER = 1 << 16;

  /** Fast enough for the program, which is slower. */
  private static final int COMPRESSION = 3;

  private final ToolBox tools;
  private final MariaDbPrograms programs;
  private final ConnectionSettings settings;
  private final Duration lockWait;

  private MariaDbDump(
      ToolBox tools, MariaDbPrograms programs, ConnectionSettings settings, Duration lockWait) {
    this.tools = tools;
    this.programs = programs;
    this.settings = settings;
    this.lockWait = lockWait;
  }

  /**
   * Finds the program.
   *
   * @param lockWait how long a dump waits for a table somebody has locked
   * @throws SyncException when there is none that can be used
   */
  public static MariaDbDump find(ConnectionSettings settings, ToolBox tools, Duration lockWait) {
    return new MariaDbDump(tools, MariaDbPrograms.find(tools), settings, lockWait);
  }

  @Override
  public String toolVersion() {
    return "mariadb-dump " + programs.version();
  }

  @Override
  public String ending() {
    return ".sql.zst";
  }

  @Override
  public String restoreHint() {
    return "Restore the file into an empty database (zstd -dc FILE | mariadb --comments DATABASE),"
        + " and look at it there.";
  }

  @Override
  public void requireRights() {
    try (Database database = Database.open(settings);
        Handle session = database.session()) {
      requireRights(session);
    } catch (JdbiException e) {
      throw MariaDbDumpSql.explain("Looking for the rights a backup needs", e);
    }
  }

  @Override
  public void dump(Path part) {
    try (Database database = Database.open(settings);
        Handle session = database.session();
        Login login = tools.mariadb(settings)) {
      requireRights(session);
      List<FloatTable> floatTables = MariaDbDumpSql.floatTables(session);
      List<String> argv = argv(login, MariaDbDumpSql.ledgerTables(session), !floatTables.isEmpty());
      if (floatTables.isEmpty()) {
        run(argv, login, part, null, database);
      } else {
        try (ExactFloats floats = ExactFloats.begin(session, floatTables)) {
          run(argv, login, part, floats, database);
        }
      }
    } catch (IOException e) {
      throw failed("could not " + what(), e);
    } catch (JdbiException e) {
      throw MariaDbDumpSql.explain("Dumping the database " + settings.name(), e);
    }
  }

  private String what() {
    return "dump the database " + settings.name();
  }

  private void run(
      List<String> argv, Login login, Path part, @Nullable ExactFloats floats, Database database) {
    DumpErrors errors = new DumpErrors(what());
    try (RunningCommand running = tools.start(argv, login);
        LockWatch watch = LockWatch.over(database, running, lockWait)) {
      try {
        copy(running.output(), part, floats);
      } catch (IOException e) {
        throw watch.waitedTooLong() ? errors.locked() : errors.broken(running, e);
      }
      if (watch.waitedTooLong()) {
        throw errors.locked();
      }
      errors.requireSuccess(running, programs.dump());
    }
  }

  private void requireRights(Handle session) {
    List<String> lacked = MariaDbDumpSql.lackedRights(session);
    if (!lacked.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "could not "
              + what()
              + ": without these rights a dump lacks tables, views, triggers, events or routines: "
              + String.join(", ", lacked),
          "As an administrator, run the statement listed.",
          List.of(
              "GRANT %s ON `%s`.* TO %s"
                  .formatted(
                      String.join(", ", lacked),
                      settings.database().replace("`", "``"),
                      MariaDbDumpSql.account(session))));
    }
  }

  private List<String> argv(Login login, List<String> ledger, boolean byKey) {
    List<String> argv = new ArrayList<>();
    argv.add(programs.dump());
    argv.addAll(login.arguments());
    argv.add("--single-transaction");
    argv.add("--skip-lock-tables");
    argv.add("--quick");
    argv.add("--routines");
    argv.add("--events");
    argv.add("--triggers");
    argv.add("--hex-blob");
    argv.add("--complete-insert");
    argv.add("--no-tablespaces");
    argv.add("--default-character-set=utf8mb4");
    // The default is smaller than rows may be.
    argv.add("--max-allowed-packet=1G");
    if (byKey) {
      argv.add("--order-by-primary");
    }
    ledger.forEach(table -> argv.add("--ignore-table=" + settings.database() + "." + table));
    argv.add("--");
    argv.add(settings.database());
    return argv;
  }

  private static void copy(InputStream script, Path part, @Nullable ExactFloats floats)
      throws IOException {
    try (OutputStream file =
            new BufferedOutputStream(
                Files.newOutputStream(part, StandardOpenOption.WRITE), BUFFER);
        ZstdOutputStream out = new ZstdOutputStream(file, COMPRESSION)) {
      out.setChecksum(true);
      if (floats == null) {
        script.transferTo(out);
      } else {
        ScriptBytes bytes = new ScriptBytes(script, out);
        new SqlScript(bytes, floats).read();
        bytes.finish();
      }
    }
  }

  @Override
  public void prove(Path file) {
    read(
        file, "read the backup " + file + " in full", new WantedRows(Set.of(), TableDataSink.NONE));
  }

  @Override
  public void readTables(Path archive, Set<TableId> tables, TableDataSink sink) {
    WantedRows rows = new WantedRows(tables, sink);
    read(archive, "read tables from the backup " + archive, rows);
    if (!rows.missing().isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "the backup " + archive + " lacks tables",
          "choose a backup that was taken when they existed",
          rows.missing().stream().map(TableId::toString).toList());
    }
  }

  private static void read(Path file, String what, DumpedRows rows) {
    try (InputStream in =
        new ZstdInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      if (!new SqlScript(new ScriptBytes(in, null), rows).read()) {
        throw new IOException("it is cut: its last line does not say that it was completed");
      }
    } catch (IOException e) {
      throw failed("could not " + what, e);
    }
  }

  private static SyncException failed(String what, IOException e) {
    return new SyncException(Kind.FAILED, what + ": " + PartFile.reason(e), "", e);
  }
}
