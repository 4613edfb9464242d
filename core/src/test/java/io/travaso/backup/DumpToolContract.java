package io.travaso.backup;

import static io.travaso.backup.Dumps.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every engine's dumps keep to. The database has the tables {@code a}, {@code a b}, {@code
 * wide} of 3 rows and {@code many} of 100,000, and what the engine's own tests need.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DumpToolContract {
  static final TableId BLANKS = new TableId("public", "a b");
  static final TableId BLANKS_TOO = new TableId("public", "a");

  @TempDir Path folder;
  TestDatabase database;
  DumpTool tool;

  abstract Engine engine();

  /** Fills the database. */
  abstract String[] contents();

  /** A table of the ledger, which is among the contents. */
  abstract TableId ledgerTable();

  /** The number of bytes that the rows of {@code many} and {@code wide} have as bulk text. */
  abstract String bytesOfRows();

  /** Locks the table {@code a} until the transaction ends. */
  abstract String lock();

  /** A role with an odd password that owns the database. */
  abstract String[] oddLogin(String literal);

  /** Shell lines that write what everybody can see of the program and of its secret file. */
  abstract String spying();

  /** What these say. */
  abstract List<String> seen();

  /** What a failure for a wrong password says. */
  abstract List<String> wrongPassword();

  /** The names of the tables, as they stand in SQL. */
  abstract List<String> tables();

  /** Restores a dump as a person would. */
  abstract void restore(Path dump, TestDatabase copy) throws Exception;

  @BeforeAll
  void fill() {
    database = engine().shared().newDatabase();
    database.execute(contents());
    tool = Dumps.tool(database);
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @Test
  void dumpsEverythingButTheLedger() throws IOException {
    Path dump = dump();

    assertThat(Files.size(dump)).isGreaterThan(10_000);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)))
        .isEqualTo("rw-------");
    tool.prove(dump);
    assertThat(missing(dump, Set.of(ledgerTable()))).contains(ledgerTable().toString());
    assertThat(tool.toolVersion()).matches(Dumps.program(database.server()) + " \\d+\\.\\d+.*");
  }

  @Test
  void restoresToTheSameRows() throws Exception {
    Path dump = dump();
    try (TestDatabase copy = engine().shared().newDatabase()) {
      restore(dump, copy);

      for (String table : tables()) {
        assertThat(copy.table(table)).as(table).isEqualTo(database.table(table));
      }
    }
  }

  @Test
  @Holds(value = "G4", as = Outcome.EXACT)
  void readsOnlyWhatWasAskedFor() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(BLANKS_TOO), rows);

    assertThat(rows.rows).isEqualTo(Map.of(BLANKS_TOO, List.of("2")));
  }

  @Test
  void namesTheTablesAnArchiveLacks() throws IOException {
    assertThat(
            missing(
                dump(),
                Set.of(new TableId("public", "many"), new TableId("public", "gone"), BLANKS)))
        .contains("lacks tables", "[public.gone]");
  }

  @Test
  void readsRowsOfAnyLengthAndNumber() throws IOException {
    AtomicLong bytes = new AtomicLong();
    AtomicLong count = new AtomicLong();
    TableDataSink counting =
        new TableDataSink() {
          @Override
          public void begin(TableId table, List<String> columns) {}

          @Override
          public void row(byte[] buffer, int offset, int length) {
            count.incrementAndGet();
            bytes.addAndGet(length);
          }

          @Override
          public void end() {}
        };

    tool.readTables(
        dump(), Set.of(new TableId("public", "many"), new TableId("public", "wide")), counting);

    assertThat(count).hasValue(100_003);
    assertThat(String.valueOf(bytes)).isEqualTo(database.rows(bytesOfRows()).get(0));
  }

  @Test
  void stopsWhereTheSinkFails() throws IOException {
    Path dump = dump();
    TableDataSink failing =
        new TableDataSink() {
          @Override
          public void begin(TableId table, List<String> columns) {}

          @Override
          public void row(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("the database said no");
          }

          @Override
          public void end() {}
        };

    assertThatThrownBy(() -> tool.readTables(dump, Set.of(new TableId("public", "many")), failing))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("the database said no");
  }

  @Test
  @Holds(value = "A6", as = Outcome.REFUSED)
  void noticesADumpThatWasCutAnywhere() throws IOException {
    byte[] whole;
    try (TestDatabase small = engine().shared().newDatabase()) {
      small.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (2)");
      Path file = Files.createFile(folder.resolve("small"));
      Dumps.tool(small).dump(file);
      whole = Files.readAllBytes(file);
    }
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length; length += 1 + whole.length / 60) {
      assertBroken(cut, Arrays.copyOf(whole, length));
    }
    for (int missing : List.of(1, 2, 3, 4, 5, 8)) {
      assertBroken(cut, Arrays.copyOf(whole, whole.length - missing));
    }
    byte[] large = Files.readAllBytes(dump());
    for (int i = 1; i < 8; i++) {
      assertBroken(cut, Arrays.copyOf(large, (int) (large.length * (long) i / 8)));
    }
  }

  void assertBroken(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> tool.prove(file))
        .as(content.length + " bytes")
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("could not read the backup " + file + " in full");
  }

  @Test
  void failsWithAWrongPassword() {
    ConnectionSettings right = Dumps.settings(database);
    DumpTool wrong =
        Dumps.tool(withPassword(right, new Secret("wr:ong\\ 'pass")), database.server());

    assertThat(failure(wrong)).contains(wrongPassword()).doesNotContain("wr:ong");
  }

  @Test
  void takesAPasswordOfAnyCharacters() throws IOException {
    String password = " co:lon back\\slash\\n 'quote' \"double\" $(id) città #=; ";
    database.executeAsAdmin(
        oddLogin(
            "'"
                + (engine() == Engine.MARIADB ? password.replace("\\", "\\\\") : password)
                    .replace("'", "''")
                + "'"));
    try {
      ConnectionSettings s = Dumps.settings(database);
      ConnectionSettings odd =
          new ConnectionSettings(
              s.engine(),
              s.host(),
              s.port(),
              s.database(),
              "odd_login",
              Map.of(),
              new Secret(password));

      Dumps.tool(odd, database.server()).dump(part());
    } finally {
      database.executeAsAdmin(
          engine() == Engine.MARIADB ? "DROP USER odd_login" : "DROP ROLE odd_login");
    }
  }

  @Test
  void waitsForALockedTableOnlySoLong() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(lock());
      long start = System.nanoTime();

      assertThat(failure(tool)).contains("somebody holds a lock on a table");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
      connection.rollback();
    }
  }

  @Test
  @Holds(value = "G1", as = Outcome.EXACT)
  void showsNobodyThePassword() throws Exception {
    // This program tells what everybody on the machine could see of it.
    DumpTool spying = Dumps.wrapped(database, folder, spying() + "\nexit 3");

    assertThat(failure(spying)).contains("status 3").doesNotContain("the password is seen");

    assertThat(folder.resolve(Dumps.program(database.server()) + ".seen"))
        .content()
        .contains("-rw-------", "drwx------")
        .contains(seen())
        .doesNotContain(database.password());
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      String mine = "-" + ProcessHandle.current().pid() + "-";
      assertThat(left.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.matches("travaso-(pgpass|mycnf)" + mine + ".*"));
    }
  }

  Path part() throws IOException {
    return Files.createTempFile(folder, "dump", ".part");
  }

  Path dump() throws IOException {
    Path part = part();
    tool.dump(part);
    return part;
  }

  String failure(DumpTool failing) {
    SyncException e = catchThrowableOfType(SyncException.class, () -> failing.dump(part()));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(SyncException.Kind.FAILED);
    return text(e);
  }

  private String missing(Path dump, Set<TableId> tables) {
    SyncException e =
        catchThrowableOfType(
            SyncException.class, () -> tool.readTables(dump, tables, new Dumps.Rows()));
    assertThat(e).isNotNull();
    return text(e);
  }

  static ConnectionSettings withPassword(ConnectionSettings s, @Nullable Secret password) {
    return new ConnectionSettings(
        s.engine(), s.host(), s.port(), s.database(), s.user(), s.parameters(), password);
  }
}
