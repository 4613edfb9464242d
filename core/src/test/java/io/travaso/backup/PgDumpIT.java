package io.travaso.backup;

import static io.travaso.backup.Dumps.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
import io.travaso.testing.PostgresServer;
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

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgDumpIT {
  private static final TableId ODD = new TableId("odd \"schema\"", "a.b; \"Drop\" 'x' $1");
  private static final TableId LINES = new TableId("public", "two\nlines FROM stdin;\nthree");
  private static final TableId BLANKS = new TableId("public", "a b");
  private static final TableId BLANKS_TOO = new TableId("public", "a");
  private static final TableId PARTED = new TableId("public", "parted");
  private static final TableId LEAF_1 = new TableId("public", "parted_1");
  private static final TableId LEAF_2 = new TableId("public", "parted_2");
  private static final TableId EMPTY = new TableId("public", "order");

  @TempDir Path folder;
  private TestDatabase database;
  private PgDump tool;

  @BeforeAll
  void fill() {
    database = PostgresServer.shared().newDatabase();
    database.execute(
        "CREATE SCHEMA travaso; CREATE TABLE travaso.run (id int)",
        "CREATE SCHEMA \"odd \"\"schema\"\"\"",
        """
        CREATE TABLE "odd ""schema""\"."a.b; ""Drop"" 'x' $1"
          ("id, (x)" int PRIMARY KEY, "Città ""q\""" text, twice int GENERATED ALWAYS AS (1) STORED)""",
        """
        INSERT INTO "odd ""schema""\"."a.b; ""Drop"" 'x' $1" VALUES
          (1, E'tab\\there'), (2, E'new\\nline'), (3, '\\.'), (4, NULL), (5, ''), (6, 'città'),
          (7, 'COPY public.x (id) FROM stdin;')""",
        "CREATE TABLE public.\"two\nlines FROM stdin;\nthree\" (id int)",
        "INSERT INTO public.\"two\nlines FROM stdin;\nthree\" VALUES (7)",
        "CREATE TABLE \"a b\" (id int); INSERT INTO \"a b\" VALUES (1)",
        "CREATE TABLE a (id int); INSERT INTO a VALUES (2)",
        "CREATE TABLE parted (id int, t text) PARTITION BY RANGE (id)",
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (3)",
        "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (3) TO (9)",
        "INSERT INTO parted SELECT i, 'row ' || i FROM generate_series(1, 4) AS i",
        "CREATE TABLE \"order\" ()",
        "CREATE TABLE many (id int PRIMARY KEY, words text)",
        "INSERT INTO many SELECT i, repeat('word ' || i || ' ', 3) FROM generate_series(1, 100000) AS i",
        "CREATE TABLE wide (big text)",
        "INSERT INTO wide VALUES ('x'), (repeat('0123456789', 300000)), ('y')");
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
    assertThat(missing(dump, Set.of(new TableId("travaso", "run")))).contains("travaso.run");
    assertThat(tool.toolVersion()).matches("pg_dump \\d+\\.\\d+.*");
  }

  @Test
  void restoresToTheSameRows() throws Exception {
    Path dump = dump();
    try (TestDatabase copy = PostgresServer.shared().newDatabase()) {
      Path restore = PostgresServer.shared().dumpDirectory().orElseThrow().resolve("pg_restore");
      ProcessBuilder builder =
          new ProcessBuilder(
              restore.toString(),
              "-e",
              "-h",
              copy.server().host(),
              "-p",
              String.valueOf(copy.server().port()),
              "-U",
              copy.user(),
              "-d",
              copy.name(),
              "--no-owner",
              dump.toString());
      try (PassFile passFile = PassFile.of(new Secret(copy.password()))) {
        builder.environment().put("PGPASSFILE", passFile.path().toString());
        Process process = builder.redirectErrorStream(true).start();
        assertThat(
                new String(
                    process.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8))
            .isEmpty();
        assertThat(process.waitFor()).isZero();
      }
      String all = "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM many AS t";
      assertThat(copy.rows(all)).isEqualTo(database.rows(all));
      String parted = "SELECT tableoid::regclass, * FROM parted ORDER BY id";
      assertThat(copy.rows(parted)).isEqualTo(database.rows(parted));
    }
  }

  @Test
  void readsTheRowsOfTablesWithOddNames() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(ODD, LINES, BLANKS, EMPTY), rows);

    assertThat(rows.columns.get(ODD)).containsExactly("id, (x)", "Città \"q\"");
    assertThat(rows.rows.get(ODD))
        .containsExactly(
            "1\ttab\\there",
            "2\tnew\\nline",
            "3\t\\\\.",
            "4\t\\N",
            "5\t",
            "6\tcittà",
            "7\tCOPY public.x (id) FROM stdin;");
    assertThat(rows.rows.get(LINES)).containsExactly("7");
    assertThat(rows.rows.get(BLANKS)).as("not those of the table a").containsExactly("1");
    assertThat(rows.columns.get(EMPTY)).isEmpty();
    assertThat(rows.rows.get(EMPTY)).isEmpty();
    assertThat(rows.ended).containsExactlyInAnyOrder(ODD, LINES, BLANKS, EMPTY);
  }

  @Test
  @Holds(value = "G4", as = Outcome.EXACT)
  void readsOnlyWhatWasAskedFor() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(BLANKS_TOO), rows);

    assertThat(rows.rows).isEqualTo(Map.of(BLANKS_TOO, List.of("2")));
  }

  @Test
  void readsPartitionsAsRowsOfTheirTable() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(PARTED, LEAF_1, LEAF_2), rows);

    assertThat(rows.rows.keySet()).containsExactly(PARTED);
    assertThat(rows.rows.get(PARTED))
        .containsExactlyInAnyOrder("1\trow 1", "2\trow 2", "3\trow 3", "4\trow 4");
    assertThat(rows.ended).containsExactly(PARTED, PARTED);
  }

  @Test
  void namesTheTablesAnArchiveLacks() throws IOException {
    assertThat(missing(dump(), Set.of(PARTED, new TableId("public", "gone"), BLANKS)))
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

    String expected = "SELECT sum(length(id::text) + 1 + length(words)) + 3000002 FROM many";
    assertThat(count).hasValue(100_003);
    assertThat(String.valueOf(bytes)).isEqualTo(database.rows(expected).get(0));
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
    try (TestDatabase small = PostgresServer.shared().newDatabase()) {
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

  private void assertBroken(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> tool.prove(file))
        .as(content.length + " bytes")
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("could not read the backup " + file + " in full");
  }

  @Test
  void failsWithAWrongPassword() {
    ConnectionSettings right = Dumps.settings(database);
    PgDump wrong = Dumps.tool(withPassword(right, new Secret("wr:ong\\ 'pass")), database.server());

    assertThat(failure(wrong))
        .contains("could not dump the database " + right.name(), "pg_dump ended with status 1")
        .contains("password authentication failed", "see the database's user and password")
        .doesNotContain("wr:ong");
    assertThatThrownBy(
            () ->
                Dumps.tool(withPassword(right, new Secret("a\nb")), database.server()).dump(part()))
        .hasMessageContaining("line break");
  }

  @Test
  void asksNobodyWhereThereIsNoPassword() throws IOException {
    ConnectionSettings none = withPassword(Dumps.settings(database), null);

    assertThat(failure(Dumps.tool(none, database.server())))
        .contains("no password supplied", "see the database's user and password");
    // Where the user has a ~/.pgpass, libpq finds it by HOME or PGPASSFILE, which stay as they are.
    PgDump asking = Dumps.wrapped(none, database.server(), folder, "env > \"$0.env\"; exit 3");
    failure(asking);
    assertThat(folder.resolve("pg_dump.env"))
        .content()
        .contains("HOME=" + System.getenv("HOME"))
        .doesNotContain("travaso-pgpass");
  }

  @Test
  void takesAPasswordOfAnyCharacters() throws IOException {
    String password = "co:lon back\\slash 'quote' \"double\" $(id) città #";
    database.executeAsAdmin(
        "CREATE ROLE odd_login LOGIN PASSWORD '" + password.replace("'", "''") + "'",
        "GRANT " + database.user() + " TO odd_login");
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
      database.executeAsAdmin("DROP ROLE odd_login");
    }
  }

  @Test
  void passesADatabaseNameOnAsItIs() {
    ConnectionSettings s = Dumps.settings(database);
    String name = "x' host=elsewhere.invalid dbname=\\y";
    ConnectionSettings odd =
        new ConnectionSettings(
            s.engine(), s.host(), s.port(), name, s.user(), Map.of(), s.password());

    assertThat(failure(Dumps.tool(odd, database.server())))
        .contains("database \"" + name + "\" does not exist");
  }

  @Test
  void waitsForALockedTableOnlySoLong() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE a IN ACCESS EXCLUSIVE MODE");
      long start = System.nanoTime();

      assertThat(failure(tool)).contains("somebody holds a lock on a table");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      connection.rollback();
    }
  }

  @Test
  @Holds(value = "G1", as = Outcome.EXACT)
  void showsNobodyThePassword() throws Exception {
    // This pg_dump tells what everybody on the machine could see of it.
    PgDump spying =
        Dumps.wrapped(
            database,
            folder,
            """
            { ps -ww -o args= -p $$; env | grep PG; ls -ld "$PGPASSFILE" "${PGPASSFILE%/*}"; } \
              > "$0.seen"
            grep -qF "$(cut -d: -f5 < "$PGPASSFILE")" "$0.seen" && echo "the password is seen" >&2
            exit 3""");

    assertThat(failure(spying)).contains("status 3").doesNotContain("the password is seen");

    assertThat(folder.resolve("pg_dump.seen"))
        .content()
        .contains("--no-password", "PGPASSFILE=", "-rw-------", "drwx------")
        .doesNotContain(database.password());
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      String mine = "travaso-pgpass-" + ProcessHandle.current().pid() + "-";
      assertThat(left.filter(each -> each.getFileName().toString().startsWith(mine))).isEmpty();
    }
  }

  @Test
  void findsTheProgramsOrSaysWhatIsMissing() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path old = Files.createDirectory(folder.resolve("old"));
    for (String name : List.of("pg_dump", "pg_restore")) {
      Dumps.program(old.resolve(name), "echo '" + name + " (PostgreSQL) 11.22 (Debian)'");
    }
    ConnectionSettings settings = Dumps.settings(database);

    assertThat(PgDump.find(settings, old, 11, Duration.ofSeconds(1)).toolVersion())
        .isEqualTo("pg_dump 11.22");
    assertThat(text(findFailure(settings, empty, 12)))
        .contains("there is no pg_dump with its pg_restore in " + empty, "postgresql-client-12");
    assertThat(text(findFailure(settings, old, 12)))
        .contains("is older than the server, which is PostgreSQL 12", old + "/pg_dump is 11.22");
    assertThat(text(findFailure(settings, null, 99)))
        .contains("every pg_dump on this host is older than the server, which is PostgreSQL 99");
  }

  private static SyncException findFailure(
      ConnectionSettings settings, @Nullable Path directory, int major) {
    return catchThrowableOfType(
        SyncException.class, () -> PgDump.find(settings, directory, major, Duration.ofSeconds(1)));
  }

  private Path part() throws IOException {
    return Files.createTempFile(folder, "dump", ".part");
  }

  private Path dump() throws IOException {
    Path part = part();
    tool.dump(part);
    return part;
  }

  private String failure(PgDump failing) {
    SyncException e = catchThrowableOfType(SyncException.class, () -> failing.dump(part()));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(SyncException.Kind.FAILED);
    return text(e);
  }

  private String missing(Path dump, Set<TableId> tables) {
    Dumps.Rows rows = new Dumps.Rows();
    SyncException e =
        catchThrowableOfType(SyncException.class, () -> tool.readTables(dump, tables, rows));
    assertThat(e).isNotNull();
    assertThat(rows.rows).isEmpty();
    return text(e);
  }

  private static ConnectionSettings withPassword(ConnectionSettings s, @Nullable Secret password) {
    return new ConnectionSettings(
        s.engine(), s.host(), s.port(), s.database(), s.user(), s.parameters(), password);
  }
}
