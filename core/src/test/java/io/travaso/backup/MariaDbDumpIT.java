package io.travaso.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MariaDbDumpIT extends DumpToolContract {
  private static final TableId ODD = new TableId("public", "a.b`; \"Drop\" 'x' $1");
  private static final TableId LINES = new TableId("public", "two\nlines`");
  private static final TableId EMPTY = new TableId("public", "order");
  private static final TableId TYPES = new TableId("public", "types");
  private static final TableId PARTED = new TableId("public", "parted");
  private static final TableId VERSIONED = new TableId("public", "versioned");
  private static final TableId FLOATS = new TableId("public", "floats");

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Override
  String[] contents() {
    return new String[] {
      "CREATE TABLE travaso_run (id int); INSERT INTO travaso_run VALUES (1)",
      """
      CREATE TABLE `a.b``; "Drop" 'x' $1` (`id, (x)` int PRIMARY KEY COMMENT 'GENERATED ALWAYS AS ('')',
        `Città "``q"` text DEFAULT 'x), `y` int', kind enum('a)', 'b,') DEFAULT 'b,', twice int AS (`id, (x)` * 2) STORED,
        thrice varchar(9) AS (concat(`id, (x)`, ',)')) VIRTUAL, hidden int INVISIBLE DEFAULT 5, CHECK (`id, (x)` <> 99))\
      """,
      """
      INSERT INTO `a.b``; "Drop" 'x' $1` (`id, (x)`, `Città "``q"`, kind) VALUES
        (1, 'tab\\there', 'a)'), (2, 'new\\nline', 'b,'), (3, '\\\\.', NULL), (4, NULL, 'a)'), (5, '', 'a)'),
        (6, 'città 😀', 'a)'), (7, '''),(8,''x'')\\\\', 'a)'),
        (8, 'x;\\nINSERT INTO `a` (`id`) VALUES (5);\\n-- Dump completed', 'a)')\
      """,
      "CREATE TABLE `two\nlines``` (id int); INSERT INTO `two\nlines``` VALUES (7)",
      "CREATE TABLE `a b` (id int); INSERT INTO `a b` VALUES (1)",
      "CREATE TABLE a (id int); INSERT INTO a VALUES (2)",
      "CREATE TABLE `order` (id int PRIMARY KEY, twice int AS (id * 2) VIRTUAL)",
      "CREATE TABLE parted (id int, t text) PARTITION BY HASH (id) PARTITIONS 3",
      "INSERT INTO parted VALUES (1, 'row 1'), (2, 'row 2'), (3, 'row 3')",
      "CREATE TABLE versioned (id int PRIMARY KEY, x int) WITH SYSTEM VERSIONING",
      "INSERT INTO versioned VALUES (1, 1), (2, 2); UPDATE versioned SET x = 3 WHERE id = 1;"
          + " DELETE FROM versioned WHERE id = 2",
      """
      CREATE TABLE types (id bigint unsigned PRIMARY KEY, b1 bit(1), b20 bit(20), d double, n decimal(65,30), bin binary(4),
        vb varbinary(20), bl longblob, g geometry, e enum('a', 'ü'), s set('x', 'y'), ti time(6), dt datetime(6),
        ts timestamp(6) NULL, da date, y year, j json, u uuid, z int zerofill, l text CHARACTER SET latin1,
        eb enum('a') CHARACTER SET binary, t1 tinyint(1))\
      """,
      """
      INSERT INTO types VALUES (18446744073709551615, b'1', b'10100000000000000001', 0.1e0 + 0.2e0, 1.10, 'ab', '', '\\0''\\\\x',
        ST_GeomFromText('POINT(1 2)'), 'ü', 'x,y', '-838:59:59.5', '0000-00-00', '2020-01-01 00:00:00.5', '2020-02-29', 2020,
        '{"a": "\\\\n"}', '0e068d30-e595-11f1-bf2b-02fc00000001', 5, 'è', 'a', 127)\
      """,
      "INSERT INTO types (id) VALUES (1)",
      "SET sql_mode = ''; INSERT INTO types (id, e, da) VALUES (2, 'nothing', '2020-00-00')",
      "CREATE TABLE floats (k varbinary(3), i datetime, f float, g float(9,3), z float zerofill,"
          + " PRIMARY KEY (k, i))",
      """
      INSERT INTO floats VALUES ('a', '2020-01-01', 16777216, 123456.789, 1.5), ('b', '2020-01-01', 0.1, 0.1, 1234567),
        ('\\n', '2020-01-02', 3.4028234e38, NULL, NULL), ('d', '2020-01-01', -123456789, 1, 0), ('', '2020-01-01', 1e-40, 1, 1)\
      """,
      "CREATE TABLE many (id int PRIMARY KEY, words text)",
      "INSERT INTO many SELECT seq, repeat(concat('word ', seq, ' '), 3) FROM seq_1_to_100000",
      "CREATE TABLE wide (big longtext)",
      "INSERT INTO wide VALUES ('x'), (repeat('0123456789', 300000)), ('y')",
      "CREATE SEQUENCE numbers START 5 NOCACHE; DO NEXTVAL(numbers)",
      "CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2",
      "CREATE VIEW `looks``at it` AS SELECT twice(id) AS t FROM a",
      """
      CREATE PROCEDURE says() BEGIN
      INSERT INTO `a` (`id`) VALUES (99);
      SELECT 'it''s; "x" -- ;;
      INSERT INTO `a` (`id`) VALUES (98);'; -- it's a comment
      # another's
      /* one's
      more */ END\
      """,
      """
      SET sql_mode = 'NO_BACKSLASH_ESCAPES'; CREATE PROCEDURE backslash() BEGIN SELECT '\\';
      INSERT INTO `a` (`id`) VALUES (97); SELECT '\\'; END\
      """,
      "CREATE TRIGGER a_first BEFORE INSERT ON a FOR EACH ROW BEGIN IF NEW.id = 0 THEN\n"
          + "INSERT INTO `many` (`id`, `words`) VALUES (-1, 'x');\nEND IF; END",
      "CREATE EVENT yearly ON SCHEDULE EVERY 1 YEAR DO INSERT INTO a VALUES (4)"
    };
  }

  @Override
  TableId ledgerTable() {
    return new TableId("public", "travaso_run");
  }

  @Override
  String bytesOfRows() {
    return "SELECT sum(length(id) + 1 + length(words)) + 3000002 FROM many";
  }

  @Override
  String lock() {
    return "LOCK TABLES a WRITE";
  }

  @Override
  String[] oddLogin(String literal) {
    return new String[] {
      "CREATE USER odd_login IDENTIFIED BY " + literal,
      "GRANT ALL ON `" + database.name() + "`.* TO odd_login",
      "GRANT SELECT ON mysql.proc TO odd_login"
    };
  }

  @Override
  String spying() {
    return """
    file=${1#--defaults-file=}
    { ps -ww -o args= -p $$; env | grep -E 'MYSQL|MARIADB'; ls -ld "$file" "${file%/*}"; } > "$0.seen"
    grep -qF "$(sed -n 's/^password="\\(.*\\)"$/\\1/p' "$file")" "$0.seen" && echo "the password is seen" >&2\
    """;
  }

  @Override
  List<String> seen() {
    return List.of("mariadb-dump --defaults-file=");
  }

  @Override
  List<String> wrongPassword() {
    return List.of("Connecting to " + Dumps.settings(database).name(), "Access denied", "password");
  }

  @Override
  List<String> tables() {
    return List.of(
        "many", "wide", "types", "floats", "versioned", "parted", "`a.b``; \"Drop\" 'x' $1`");
  }

  @Override
  void restore(Path dump, TestDatabase copy) throws Exception {
    client(copy, script(dump));
  }

  /** Runs a script as a person does who restores a dump. */
  private static void client(TestDatabase database, byte[] script) throws Exception {
    Path client = database.server().dumpDirectory().orElseThrow().resolve("mariadb");
    try (OptionFile options = OptionFile.of(Dumps.settings(database))) {
      Process process =
          new ProcessBuilder(client.toString(), options.argument(), "--comments", database.name())
              .redirectErrorStream(true)
              .start();
      try (OutputStream input = process.getOutputStream()) {
        input.write(script);
      }
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
      assertThat(process.waitFor()).isZero();
    }
  }

  private static byte[] script(Path dump) throws IOException {
    try (InputStream in = new ZstdInputStream(Files.newInputStream(dump))) {
      return in.readAllBytes();
    }
  }

  private static byte[] compressed(byte[] script) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
      out.write(script);
    }
    return bytes.toByteArray();
  }

  @Test
  void readsTheRowsOfTablesWithOddNames() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(ODD, LINES, BLANKS, BLANKS_TOO, EMPTY), rows);

    assertThat(rows.columns.get(ODD))
        .as("without generated columns, with invisible ones")
        .containsExactly("id, (x)", "Città \"`q\"", "kind", "hidden");
    assertThat(rows.rows.get(ODD))
        .containsExactly(
            "1\ttab\\there\ta)\t5",
            "2\tnew\\nline\tb,\t5",
            "3\t\\\\.\t\\N\t5",
            "4\t\\N\ta)\t5",
            "5\t\ta)\t5",
            "6\tcittà 😀\ta)\t5",
            "7\t'),(8,'x')\\\\\ta)\t5",
            "8\tx;\\nINSERT INTO `a` (`id`) VALUES (5);\\n-- Dump completed\ta)\t5");
    assertThat(rows.rows.get(LINES)).containsExactly("7");
    assertThat(rows.rows.get(BLANKS)).containsExactly("1");
    assertThat(rows.rows.get(BLANKS_TOO)).as("nothing of routines").containsExactly("2");
    assertThat(rows.columns.get(EMPTY)).containsExactly("id");
    assertThat(rows.rows.get(EMPTY)).isEmpty();
    assertThat(rows.ended).containsExactlyInAnyOrder(ODD, LINES, BLANKS, BLANKS_TOO, EMPTY);
  }

  @Test
  @Holds(value = "M14", as = Outcome.DOCUMENTED)
  void readsRowsAsTheyAreNow() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(PARTED, VERSIONED), rows);

    assertThat(rows.rows.get(PARTED)).containsExactlyInAnyOrder("1\trow 1", "2\trow 2", "3\trow 3");
    assertThat(rows.rows.get(VERSIONED)).containsExactly("1\t3");
    assertThat(rows.ended).containsExactlyInAnyOrder(PARTED, VERSIONED);
  }

  @Test
  void readsValuesOfAllTypes() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(TYPES), rows);

    assertThat(rows.rows.get(TYPES))
        .contains(
            String.join(
                "\t",
                "18446744073709551615",
                "1",
                "10100000000000000001",
                "0.30000000000000004",
                "1.100000000000000000000000000000",
                "\\\\x61620000",
                "\\\\x",
                "\\\\x00275c78",
                "\\\\x000000000101000000000000000000f03f0000000000000040",
                "ü",
                "x,y",
                "-838:59:59.500000",
                "0000-00-00 00:00:00.000000",
                "2020-01-01 00:00:00.500000",
                "2020-02-29",
                "2020",
                "{\"a\": \"\\\\n\"}",
                "0e068d30-e595-11f1-bf2b-02fc00000001",
                "0000000005",
                "è",
                "a",
                "127"),
            "1" + "\t\\N".repeat(21))
        .anyMatch(row -> row.startsWith("2\t") && row.contains("\t2020-00-00\t"));
  }

  @Test
  @Holds(value = "M6", as = Outcome.EXACT)
  void keepsTheDigitsOfFloats() throws IOException {
    Dumps.Rows rows = new Dumps.Rows();

    tool.readTables(dump(), Set.of(FLOATS), rows);

    assertThat(rows.rows.get(FLOATS))
        .containsExactlyInAnyOrder(
            "\\\\x61\t2020-01-01 00:00:00\t16777216\t123456.789\t0000000001.5",
            "\\\\x62\t2020-01-01 00:00:00\t0.1\t0.100\t1234567",
            "\\\\x0a\t2020-01-02 00:00:00\t3.4028234663852886e38\t\\N\t\\N",
            "\\\\x64\t2020-01-01 00:00:00\t-123456792\t1.000\t000000000000",
            "\\\\x\t2020-01-01 00:00:00\t9.99995e-41\t1.000\t000000000001");
  }

  /** The exact values come from a snapshot that is a moment older than the program's. */
  @Test
  void putsNoFloatWhereSomebodyWroteMeanwhile() throws IOException {
    try (TestDatabase written = engine().shared().newDatabase()) {
      written.execute(
          "CREATE TABLE f (id int PRIMARY KEY, x float)",
          "INSERT INTO f SELECT seq, 16777000 + seq FROM seq_1_to_100");
      DumpTool meanwhile =
          Dumps.wrapped(
              written,
              folder,
              """
              "${real%%-dump}" "$1" %s -e 'DELETE FROM f WHERE id IN (1, 50); UPDATE f SET x = 33554001 WHERE id = 60; \
                INSERT INTO f VALUES (-5, 16777001), (500, 16777001)'
              exec "$real" "$@"\
              """
                  .formatted(written.name()));
      Path part = part();
      meanwhile.dump(part);
      Dumps.Rows rows = new Dumps.Rows();

      meanwhile.readTables(part, Set.of(new TableId("public", "f")), rows);

      assertThat(rows.rows.get(new TableId("public", "f")))
          .hasSize(100)
          .contains("2\t16777002", "59\t16777059", "61\t16777061", "100\t16777100")
          .as("with six digits, as the program has them")
          .contains("-5\t16777000", "60\t33554000", "500\t16777000");
    }
  }

  /** What a routine or a trigger does, who made it, and an event's plan. */
  @Test
  @Holds(value = "M16", as = Outcome.EXACT)
  void holdsRoutinesEventsTriggersAndViews() throws Exception {
    List<String> questions =
        List.of(
            "SELECT routine_name, routine_definition, definer, sql_mode FROM"
                + " information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1",
            "SELECT event_name, event_definition, definer, interval_value, interval_field, starts"
                + " FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1",
            "SELECT trigger_name, action_statement, definer, event_manipulation, action_timing"
                + " FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1",
            "SELECT table_name, definer FROM information_schema.views WHERE table_schema ="
                + " DATABASE() ORDER BY 1",
            "SELECT t FROM `looks``at it`",
            "SELECT next_not_cached_value FROM numbers");
    Path dump = dump();
    try (TestDatabase copy = engine().shared().newDatabase()) {
      restore(dump, copy);

      for (String question : questions) {
        assertThat(copy.rows(question)).isNotEmpty().isEqualTo(database.rows(question));
      }
    }
  }

  @Test
  @Holds(value = "A6", as = Outcome.REFUSED)
  void noticesADumpThatWasCutWhereAStatementEnds() throws IOException {
    byte[] whole;
    try (TestDatabase small = engine().shared().newDatabase()) {
      small.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (2)");
      Path file = Files.createFile(folder.resolve("small"));
      Dumps.tool(small).dump(file);
      whole = script(file);
    }
    String text = new String(whole, UTF_8);
    Path cut = folder.resolve("cut");
    for (int at = text.indexOf('\n'); at < text.length() - 1; at = text.indexOf('\n', at + 1)) {
      assertBroken(cut, compressed(text.substring(0, at + 1).getBytes(UTF_8)));
    }
    assertBroken(cut, compressed((text + "DROP TABLE t;\n").getBytes(UTF_8)));
    Files.write(cut, compressed(whole));
    tool.prove(cut);
  }

  @Test
  @Holds(value = "M15", as = Outcome.REFUSED)
  void saysWhenAStructureChangedMeanwhile() throws IOException {
    try (TestDatabase changing = engine().shared().newDatabase()) {
      changing.execute(
          "CREATE TABLE a (id int PRIMARY KEY); INSERT INTO a SELECT seq FROM seq_1_to_300000",
          "CREATE TABLE z (id int PRIMARY KEY); INSERT INTO z VALUES (1)");
      // The snapshot is there with the first rows; then a migration comes.
      DumpTool meanwhile =
          Dumps.wrapped(
              changing,
              folder,
              """
              mkfifo "$0.pipe"; "$real" "$@" > "$0.pipe" & pid=$!
              { head -c 5000; "${real%%-dump}" "$1" %s -e 'ALTER TABLE z ADD COLUMN x int FIRST, ALGORITHM=COPY'; cat; } \
                < "$0.pipe"
              wait $pid\
              """
                  .formatted(changing.name()));

      assertThat(failure(meanwhile))
          .contains("1412", "a table's structure was changed while it was dumped");
    }
  }

  @Test
  void refusesToDumpWhatItMayNotSee() {
    database.executeAsAdmin(
        "CREATE USER half IDENTIFIED BY 'half'",
        "GRANT SELECT ON `" + database.name() + "`.* TO half");
    try {
      ConnectionSettings s = Dumps.settings(database);
      DumpTool half =
          Dumps.tool(
              new ConnectionSettings(
                  s.engine(),
                  s.host(),
                  s.port(),
                  s.database(),
                  "half",
                  Map.of(),
                  new Secret("half")),
              database.server());

      assertThat(failure(half))
          .contains(
              "without these rights a dump lacks",
              "GRANT SHOW VIEW, TRIGGER, EVENT, EXECUTE ON `"
                  + database.name()
                  + "`.* TO `half`@`%`");
    } finally {
      database.executeAsAdmin("DROP USER half");
    }
  }

  @Test
  void findsTheProgramOrSaysWhatIsMissing() throws IOException {
    ConnectionSettings settings = Dumps.settings(database);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path old = Files.createDirectory(folder.resolve("old"));
    Dumps.program(
        old.resolve("mysqldump"),
        "echo 'mysqldump  Ver 10.19 Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)'");
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Dumps.program(
        foreign.resolve("mysqldump"),
        "echo 'mysqldump  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)'");
    Path fresh = Files.createDirectory(folder.resolve("fresh"));
    Dumps.program(
        fresh.resolve("mariadb-dump"),
        "echo 'mariadb-dump from 11.4.2-MariaDB, client 10.19 for debian-linux-gnu (x86_64)'");

    assertThat(MariaDbDump.find(settings, ToolBox.here(fresh), Duration.ofSeconds(1)).toolVersion())
        .isEqualTo("mariadb-dump 11.4.2");
    assertThat(findFailure(settings, empty))
        .contains("there is no mariadb-dump in " + empty, "mariadb-client, 10.6 or newer");
    assertThat(findFailure(settings, old))
        .contains("that can be used", old + "/mysqldump is 10.3.39");
    assertThat(findFailure(settings, foreign)).contains(foreign + "/mysqldump is not MariaDB's");
  }

  private static String findFailure(ConnectionSettings settings, Path directory) {
    return Dumps.text(
        catchThrowableOfType(
            SyncException.class,
            () -> MariaDbDump.find(settings, ToolBox.here(directory), Duration.ofSeconds(1))));
  }

  /** The host's own option files must not make another dump, or lead to another account. */
  @Test
  void readsNoOtherOptionFile() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(
        home.resolve(".my.cnf"),
        "[client]\npassword=wrong\nuser=nobody\n[mysqldump]\nno-data\nskip-comments\n");
    DumpTool with = Dumps.wrapped(database, folder, "HOME='" + home + "' exec \"$real\" \"$@\"");
    Path part = part();

    with.dump(part);

    tool.prove(part);
    assertThatThrownBy(
            () -> with.readTables(part, Set.of(new TableId("public", "x")), TableDataSink.NONE))
        .isInstanceOf(SyncException.class);
    Dumps.Rows rows = new Dumps.Rows();
    with.readTables(part, Set.of(BLANKS), rows);
    assertThat(rows.rows.get(BLANKS)).containsExactly("1");
  }
}
