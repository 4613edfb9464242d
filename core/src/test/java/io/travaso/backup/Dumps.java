package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
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

/** What the tests of dumps share. */
final class Dumps {
  private Dumps() {}

  static ConnectionSettings settings(TestDatabase database) {
    return new ConnectionSettings(
        "postgresql",
        database.server().host(),
        database.server().port(),
        database.name(),
        database.user(),
        Map.of(),
        new Secret(database.password()));
  }

  static PgDump tool(TestDatabase database) {
    return tool(settings(database), database.server());
  }

  static PgDump tool(ConnectionSettings settings, TestServer server) {
    return PgDump.find(settings, null, server.majorVersion(), Duration.ofMillis(500));
  }

  /** The real programs, with a pg_dump that first runs some shell lines; {@code $real} is it. */
  static PgDump wrapped(TestDatabase database, Path folder, String script) throws IOException {
    return wrapped(settings(database), database.server(), folder, script);
  }

  static PgDump wrapped(ConnectionSettings settings, TestServer server, Path folder, String script)
      throws IOException {
    Path real = server.dumpDirectory().orElseThrow();
    program(folder.resolve("pg_restore"), "exec '" + real.resolve("pg_restore") + "' \"$@\"");
    program(
        folder.resolve("pg_dump"),
        "real='"
            + real.resolve("pg_dump")
            + "'\ncase \"$1\" in --version) exec \"$real\" --version;; esac\n"
            + script);
    return PgDump.find(settings, folder, server.majorVersion(), Duration.ofMillis(500));
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
