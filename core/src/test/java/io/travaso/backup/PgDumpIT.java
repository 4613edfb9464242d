package io.travaso.backup;

import static io.travaso.backup.Dumps.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PgDumpIT extends DumpToolContract {
  private static final TableId ODD = new TableId("odd \"schema\"", "a.b; \"Drop\" 'x' $1");
  private static final TableId LINES = new TableId("public", "two\nlines FROM stdin;\nthree");
  private static final TableId PARTED = new TableId("public", "parted");
  private static final TableId LEAF_1 = new TableId("public", "parted_1");
  private static final TableId LEAF_2 = new TableId("public", "parted_2");
  private static final TableId EMPTY = new TableId("public", "order");

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  String[] contents() {
    return new String[] {
      "CREATE SCHEMA travaso; CREATE TABLE travaso.run (id int)",
      "CREATE SCHEMA \"odd \"\"schema\"\"\"",
      """
      CREATE TABLE "odd ""schema""\"."a.b; ""Drop"" 'x' $1"
        ("id, (x)" int PRIMARY KEY, "Città ""q\""" text, twice int GENERATED ALWAYS AS (1) STORED)\
      """,
      """
      INSERT INTO "odd ""schema""\"."a.b; ""Drop"" 'x' $1" VALUES
        (1, E'tab\\there'), (2, E'new\\nline'), (3, '\\.'), (4, NULL), (5, ''), (6, 'città'),
        (7, 'COPY public.x (id) FROM stdin;')\
      """,
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
      "INSERT INTO many SELECT i, repeat('word ' || i || ' ', 3) FROM generate_series(1, 100000) AS"
          + " i",
      "CREATE TABLE wide (big text)",
      "INSERT INTO wide VALUES ('x'), (repeat('0123456789', 300000)), ('y')"
    };
  }

  @Override
  TableId ledgerTable() {
    return new TableId("travaso", "run");
  }

  @Override
  String bytesOfRows() {
    return "SELECT sum(length(id::text) + 1 + length(words)) + 3000002 FROM many";
  }

  @Override
  String lock() {
    return "LOCK TABLE a IN ACCESS EXCLUSIVE MODE";
  }

  @Override
  String[] oddLogin(String literal) {
    return new String[] {
      "CREATE ROLE odd_login LOGIN PASSWORD " + literal,
      "GRANT " + database.user() + " TO odd_login"
    };
  }

  @Override
  String spying() {
    return """
    { ps -ww -o args= -p $$; env | grep PG; ls -ld "$PGPASSFILE" "${PGPASSFILE%/*}"; } \
      > "$0.seen"
    grep -qF "$(cut -d: -f5 < "$PGPASSFILE")" "$0.seen" && echo "the password is seen" >&2\
    """;
  }

  @Override
  List<String> seen() {
    return List.of("--no-password", "PGPASSFILE=");
  }

  @Override
  List<String> wrongPassword() {
    return List.of(
        "could not dump the database " + Dumps.settings(database).name(),
        "pg_dump ended with status 1",
        "password authentication failed",
        "see the database's user and password");
  }

  @Override
  List<String> tables() {
    return List.of(
        "many",
        "wide",
        "parted_1",
        "parted_2",
        "\"odd \"\"schema\"\"\".\"a.b; \"\"Drop\"\" 'x' $1\"");
  }

  @Override
  void restore(Path dump, TestDatabase copy) throws Exception {
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
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
      assertThat(process.waitFor()).isZero();
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
  void readsPartitionsAsRowsOfTheirTable() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(PARTED, LEAF_1, LEAF_2), rows);

    assertThat(rows.rows.keySet()).containsExactly(PARTED);
    assertThat(rows.rows.get(PARTED))
        .containsExactlyInAnyOrder("1\trow 1", "2\trow 2", "3\trow 3", "4\trow 4");
    assertThat(rows.ended).containsExactly(PARTED, PARTED);
  }

  @Test
  void refusesAPasswordOfTwoLines() {
    ConnectionSettings right = Dumps.settings(database);
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
    DumpTool asking = Dumps.wrapped(none, database.server(), folder, "env > \"$0.env\"; exit 3");
    failure(asking);
    assertThat(folder.resolve("pg_dump.env"))
        .content()
        .contains("HOME=" + System.getenv("HOME"))
        .doesNotContain("travaso-pgpass");
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
  void findsTheProgramsOrSaysWhatIsMissing() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path old = Files.createDirectory(folder.resolve("old"));
    for (String name : List.of("pg_dump", "pg_restore")) {
      Dumps.program(old.resolve(name), "echo '" + name + " (PostgreSQL) 11.22 (Debian)'");
    }
    ConnectionSettings settings = Dumps.settings(database);

    assertThat(PgDump.find(settings, ToolBox.here(old), 11, Duration.ofSeconds(1)).toolVersion())
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
        SyncException.class,
        () -> PgDump.find(settings, ToolBox.here(directory), major, Duration.ofSeconds(1)));
  }
}
