package io.travaso.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.backup.DumpTool;
import io.travaso.backup.DumpTools;
import io.travaso.backup.TableDataSink;
import io.travaso.backup.ToolBox;
import io.travaso.container.Container;
import io.travaso.database.ConnectionSettings;
import io.travaso.host.LocalHost;
import io.travaso.table.TableId;
import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dumps and restores by the programs of the database's own container. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerToolsIT {
  private static final Duration LOCK_WAIT = Duration.ofMillis(500);
  private static final TableId WORDS = new TableId("public", "words");

  @TempDir Path folder;
  private @Nullable ComposeSample sample;

  @BeforeAll
  void start() {
    sample = ComposeSample.start(DockerEngine.get(), false, "django-db", "maria-db");
  }

  @AfterAll
  void stop() {
    if (sample != null) {
      sample.close();
    }
  }

  private ComposeSample sample() {
    return Objects.requireNonNull(sample);
  }

  private Container container(Engine engine) {
    return io.travaso.container.DockerEngine.find(new LocalHost())
        .inspect(sample().container(ComposeSample.service(engine)));
  }

  private ToolBox tools(Engine engine) {
    return ToolBox.in(container(engine), engine == Engine.POSTGRESQL ? 5432 : 3306);
  }

  private DumpTool tool(ConnectionSettings settings, Engine engine) {
    return DumpTools.find(
        settings, tools(engine), sample().server(engine).majorVersion(), LOCK_WAIT);
  }

  private static ConnectionSettings settings(TestDatabase database, String user, String password) {
    return new ConnectionSettings(
        database.engine().scheme(),
        database.server().host(),
        database.server().port(),
        database.name(),
        user,
        Map.of(),
        new Secret(password));
  }

  private static ConnectionSettings usual(TestDatabase database) {
    return settings(database, database.user(), database.password());
  }

  private ConnectionSettings maintenance(TestDatabase database) {
    return settings(
        database,
        ComposeSample.administrator(database.engine()),
        sample().secret(ComposeSample.administratorsKey(database.engine())));
  }

  private TestDatabase words(Engine engine) {
    TestDatabase database = sample().server(engine).newDatabase();
    database.execute(
        "CREATE TABLE words (id int PRIMARY KEY, w varchar(100), f real)",
        "INSERT INTO words "
            + (engine == Engine.POSTGRESQL
                ? "SELECT g, repeat(md5(g::text), 3), g FROM generate_series(1, 20000) AS g"
                : "SELECT seq, repeat(md5(seq), 3), seq FROM seq_1_to_20000"),
        "CREATE TABLE other (id int)",
        "CREATE VIEW looks AS SELECT id FROM words");
    return database;
  }

  private Path part() throws IOException {
    return Files.createTempFile(folder, "dump", ".part");
  }

  private static Map<Integer, String> read(DumpTool tool, Path dump) {
    Map<Integer, String> rows = new TreeMap<>();
    tool.readTables(
        dump,
        Set.of(WORDS),
        new TableDataSink() {
          @Override
          public void begin(TableId table, List<String> columns) {}

          @Override
          public void row(byte[] buffer, int offset, int length) {
            rows.put(rows.size(), new String(buffer, offset, length, UTF_8));
          }

          @Override
          public void end() {}
        });
    return rows;
  }

  /** The programs that run in a container, but for its server, and what lies in its folders. */
  private String traces(Engine engine) {
    return sample()
        .exec(
            ComposeSample.service(engine),
            "sh",
            "-c",
            "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done | grep -E"
                + " '(dump|restore|bin/mysql|bin/mariadb) --' | grep -v 'grep -E'; find /tmp /root"
                + " /var/tmp -newer /proc/1/cmdline -type f || true");
  }

  @ParameterizedTest
  @EnumSource
  void dumpsProvesReadsAndRestores(Engine engine) throws IOException {
    try (TestDatabase database = words(engine)) {
      DumpTool tool = tool(usual(database), engine);
      Path dump = part();
      tool.dump(dump);
      tool.prove(dump);

      assertThat(read(tool, dump)).hasSize(20_000);
      assertThatThrownBy(
              () ->
                  tool.readTables(dump, Set.of(new TableId("public", "gone")), TableDataSink.NONE))
          .hasMessageContaining("lacks tables");
      List<String> before = database.table("words");
      database.execute("DELETE FROM words WHERE id > 5", "CREATE TABLE appeared (id int)");
      try (Beside beside =
          WholeDatabase.of(usual(database), maintenance(database), tools(engine), Progress.SILENT)
              .create("restore")) {
        beside.load(dump);
        assertThat(beside.rows()).containsEntry(WORDS, 20_000L);
        beside.swap();
      }
      assertThat(database.table("words")).isEqualTo(before);
      assertThat(database.tables()).hasSize(2);
      assertThat(traces(engine)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noticesADumpThatWasCut(Engine engine) throws IOException {
    try (TestDatabase database = words(engine)) {
      DumpTool tool = tool(usual(database), engine);
      Path dump = part();
      tool.dump(dump);
      byte[] whole = Files.readAllBytes(dump);
      for (int length : List.of(0, whole.length / 2, whole.length - 1)) {
        Files.write(dump, Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> tool.prove(dump))
            .isInstanceOf(SyncException.class)
            .hasMessageContaining("could not read the backup " + dump + " in full");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsOnlySoLongAndShowsNobodyThePassword(Engine engine) throws Exception {
    try (TestDatabase database = words(engine);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          engine == Engine.POSTGRESQL
              ? "LOCK TABLE words IN ACCESS EXCLUSIVE MODE"
              : "LOCK TABLES words WRITE");
      DumpTool patient =
          DumpTools.find(
              usual(database),
              tools(engine),
              sample().server(engine).majorVersion(),
              Duration.ofSeconds(3));
      Path part = part();
      AtomicReference<@Nullable SyncException> failure = new AtomicReference<>();
      Thread dumping =
          new Thread(
              () ->
                  failure.set(catchThrowableOfType(SyncException.class, () -> patient.dump(part))));
      dumping.start();
      String inside = awaitTraces(engine);
      String here = arguments();
      dumping.join();

      assertThat(inside).contains("127.0.0.1").doesNotContain(database.password());
      assertThat(here).contains("docker exec").doesNotContain(database.password());
      assertThat(failure.get())
          .isNotNull()
          .extracting(SyncException::hint)
          .asString()
          .contains("somebody holds a lock on a table");
      connection.rollback();
      awaitNoTraces(engine);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhenThePasswordIsWrong(Engine engine) throws SQLException {
    try (TestDatabase database = words(engine)) {
      SyncException e =
          catchThrowableOfType(
              SyncException.class,
              () -> tool(settings(database, database.user(), "wr'ong #"), engine).dump(part()));

      assertThat(e).isNotNull();
      assertThat(e.what() + e.hint() + e.details()).contains("password").doesNotContain("wr'ong");
    }
  }

  private static String arguments() {
    StringBuilder all = new StringBuilder();
    ProcessHandle.allProcesses()
        .forEach(
            process ->
                process.info().commandLine().ifPresent(line -> all.append(line).append('\n')));
    return all.toString();
  }

  private String awaitTraces(Engine engine) throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      String traces = traces(engine);
      if (traces.contains("127.0.0.1")) {
        return traces;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no program was seen");
  }

  private void awaitNoTraces(Engine engine) throws InterruptedException {
    String traces = traces(engine);
    for (int i = 0; i < 60 && !traces.isEmpty(); i++) {
      Thread.sleep(50);
      traces = traces(engine);
    }
    assertThat(traces).isEmpty();
  }
}
