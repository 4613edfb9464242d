package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of dumps share. */
final class Dumps {
  private Dumps() {}

  private static final Duration LOCK_WAIT = Duration.ofMillis(500);

  static ConnectionSettings settings(TestDatabase database) {
    return new ConnectionSettings(
        database.engine().scheme(),
        database.server().host(),
        database.server().port(),
        database.name(),
        database.user(),
        Map.of(),
        new Secret(database.password()));
  }

  static DumpTool tool(TestDatabase database) {
    return tool(settings(database), database.server());
  }

  static DumpTool tool(ConnectionSettings settings, TestServer server) {
    return tool(settings, server, null);
  }

  private static DumpTool tool(
      ConnectionSettings settings, TestServer server, @Nullable Path folder) {
    return switch (server.engine()) {
      case POSTGRESQL ->
          PgDump.find(settings, ToolBox.here(folder), server.majorVersion(), LOCK_WAIT);
      case MARIADB -> MariaDbDump.find(settings, ToolBox.here(folder), LOCK_WAIT);
    };
  }

  /** The real programs, of which the one that dumps first runs some lines; {@code $real} is it. */
  static DumpTool wrapped(TestDatabase database, Path folder, String script) throws IOException {
    return wrapped(settings(database), database.server(), folder, script);
  }

  static DumpTool wrapped(
      ConnectionSettings settings, TestServer server, Path folder, String script)
      throws IOException {
    Path real = server.dumpDirectory().orElseThrow();
    if (server.engine() == Engine.POSTGRESQL) {
      program(folder.resolve("pg_restore"), "exec '" + real.resolve("pg_restore") + "' \"$@\"");
    }
    String name = program(server);
    program(
        folder.resolve(name),
        "real='"
            + real.resolve(name)
            + "'\ncase \"$1\" in --version) exec \"$real\" --version;; esac\n"
            + script);
    return tool(settings, server, folder);
  }

  /** The name of the program that dumps. */
  static String program(TestServer server) {
    return server.engine() == Engine.MARIADB ? "mariadb-dump" : "pg_dump";
  }

  /** Writes a shell script that can be run. */
  static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static BackupRequest request(BackupLabel kind) {
    return new BackupRequest(
        kind, "prod", "run-1", List.of(new TableId("public", "weird \"name\".x")), 15, 0);
  }

  /** What a failure says: what, hint and details. */
  static String text(SyncException e) {
    return e.what() + "\n" + e.hint() + "\n" + e.details();
  }

  /** Keeps the rows of each table as text. */
  static final class Rows implements TableDataSink {
    final Map<TableId, List<String>> rows = new LinkedHashMap<>();
    final Map<TableId, List<String>> columns = new LinkedHashMap<>();
    final List<TableId> ended = new ArrayList<>();
    private List<String> current = List.of();
    private TableId table = new TableId("", "");

    @Override
    public void begin(TableId id, List<String> names) {
      table = id;
      columns.put(id, names);
      current = rows.computeIfAbsent(id, key -> new ArrayList<>());
    }

    @Override
    public void row(byte[] buffer, int offset, int length) {
      current.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void end() {
      ended.add(table);
    }
  }
}
