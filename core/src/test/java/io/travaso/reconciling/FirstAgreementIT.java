package io.travaso.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides come to agree for the first time, and what they have alike stays where it is. */
class FirstAgreementIT {
  private static final String ALL = "SELECT id, name, city FROM person ORDER BY id";

  @TempDir Path folder;

  private static final String TABLES =
      "tables: [person, {table: code, match: [code]}, seat]\ncolumns: {person: {note: ignore}}";

  private Twins twins(Engine engine, String name) {
    Twins twins =
        Twins.of(
            engine,
            folder(name),
            TABLES,
            "CREATE TABLE person (id int PRIMARY KEY, name varchar(40), city varchar(40),"
                + " note varchar(40))",
            "CREATE TABLE code (id "
                + (engine == Engine.POSTGRESQL ? "serial" : "int AUTO_INCREMENT")
                + " PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, worth decimal(9, 2))",
            "CREATE TABLE seat (hall varchar(20) NOT NULL, number int NOT NULL, sold int,"
                + " PRIMARY KEY (hall, number))");
    for (TestDatabase database : List.of(twins.dev, twins.prod)) {
      for (int i = 1; i <= 40; i++) {
        database.execute(
            "INSERT INTO person VALUES (%d, 'P%d', %s, '%s')"
                .formatted(i, i, i % 7 == 0 ? "NULL" : "'Roma'", database.name()),
            "INSERT INTO code (code, worth) VALUES ('C%d', %d.50)".formatted(i, i),
            "INSERT INTO seat VALUES ('hall %d', %d, %s)"
                .formatted(i % 3, i, i % 5 == 0 ? "NULL" : "" + i));
      }
    }
    return twins
        .dev(
            "UPDATE person SET name = 'dev' WHERE id IN (3, 4)",
            "DELETE FROM person WHERE id = 5",
            "INSERT INTO person VALUES (100, 'new in dev', NULL, '')",
            "UPDATE code SET worth = 7 WHERE code = 'C7'",
            "UPDATE seat SET sold = NULL WHERE number = 11")
        .prod(
            "UPDATE person SET city = 'prod' WHERE id IN (4, 6)",
            "INSERT INTO person VALUES (200, 'new in prod', NULL, '')",
            "DELETE FROM code WHERE code = 'C9'",
            "DELETE FROM seat WHERE number = 12");
  }

  private Path folder(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a ledger remembers, table by table. */
  private static Map<String, List<String>> remembered(Engine engine, TestDatabase database) {
    boolean postgres = engine == Engine.POSTGRESQL;
    Map<String, List<String>> entries = new TreeMap<>();
    String schema = postgres ? "travaso." : "travaso_";
    for (String baseline :
        database.rows("SELECT id, name FROM " + schema + "baseline ORDER BY id")) {
      String[] parts = baseline.split("\\|", -1);
      entries.put(
          parts[1].replaceFirst(".*\\.", ""),
          database.rows(
              "SELECT %s, %s, valid_to IS NULL FROM %sbase WHERE baseline = %s ORDER BY 1, 2"
                  .formatted(
                      postgres ? "encode(k, 'hex')" : "HEX(k)",
                      postgres ? "digests::text" : "HEX(digests)",
                      schema,
                      parts[0])));
    }
    return entries;
  }

  private static long moved(SyncReport report) {
    return Objects.requireNonNull(report.fixture()).records();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMovedIsWhatDiffersAndWhatIsRememberedIsAll(Engine engine) {
    try (Twins parts = twins(engine, "parts");
        Twins whole = twins(engine, "whole")) {
      SyncReport part = parts.push();
      SyncReport all = whole.fullFixture().push();
      assertThat(moved(all)).isEqualTo(120);
      assertThat(moved(part)).isEqualTo(8);
      assertThat(part.totals()).isEqualTo(all.totals());
      assertThat(part.firstSync()).isEqualTo(all.firstSync());
      assertThat(part.overwritten()).hasSameSizeAs(all.overwritten());
      assertThat(remembered(engine, parts.prod)).isEqualTo(remembered(engine, whole.prod));
      assertThat(remembered(engine, parts.dev)).isEqualTo(remembered(engine, whole.dev));
      assertThat(remembered(engine, parts.prod).get("person")).hasSize(40);
      assertThat(parts.prod.rows(ALL)).isEqualTo(whole.prod.rows(ALL));

      parts
          .dev("UPDATE person SET city = 'dev' WHERE id = 30")
          .prod("DELETE FROM person WHERE id = 31");
      SyncReport next = parts.push();
      assertThat(next.totals().updated()).isEqualTo(1);
      assertThat(next.totals().unchanged()).isEqualTo(118);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameOnBothSidesIsAgreedOnWithoutMovingARow(Engine engine) {
    try (Twins twins = twins(engine, "twins")) {
      for (String table : List.of("person", "code", "seat")) {
        twins.dev("DELETE FROM " + table).prod("DELETE FROM " + table);
      }
      String people = "INSERT INTO person VALUES (1, 'a', 'b', NULL), (2, 'c', NULL, NULL)";
      twins.dev(people).prod(people);
      SyncReport report = twins.push();
      assertThat(report.status()).isEqualTo(Status.UNCHANGED);
      assertThat(moved(report)).isZero();

      // That both agreed on it is what tells who deleted a row from who does not have it yet.
      twins
          .dev("DELETE FROM person WHERE id = 1")
          .prod("UPDATE person SET city = 'x' WHERE id = 2");
      SyncReport next = twins.propagatingDeletes().push();
      assertThat(next.totals().deleted()).isEqualTo(1);
      assertThat(next.totals().keptTarget()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).containsExactly("2|c|x");
    }
  }

  /** What is remembered is what was compared: what changed since is the target's own change. */
  @ParameterizedTest
  @EnumSource
  void whatChangesMeanwhileStaysAndIsKnownAsTheTargets(Engine engine) {
    try (Twins twins = twins(engine, "twins");
        Twins quiet = twins(engine, "quiet")) {
      twins.beforePlan(
          () -> twins.prod("UPDATE person SET city = 'before the plan' WHERE id = 20"));
      twins.beforeMerge(
          () ->
              twins.prod(
                  "UPDATE person SET city = 'before the merge' WHERE id = 21",
                  "INSERT INTO code (code, worth) VALUES ('C300', 1)"));

      assertThat(twins.push().status()).isEqualTo(Status.APPLIED);

      assertThat(quiet.push().status()).isEqualTo(Status.APPLIED);
      assertThat(remembered(engine, twins.prod)).isEqualTo(remembered(engine, quiet.prod));
      assertThat(twins.prod.rows(ALL))
          .contains("20|P20|before the plan", "21|P21|before the merge", "3|dev|Roma");
      twins.beforePlan(() -> {}).beforeMerge(() -> {});
      SyncReport next = twins.propagatingDeletes().push();
      assertThat(next.status()).isEqualTo(Status.UNCHANGED);
      assertThat(next.totals().keptTarget()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftOfWhatWasNoted(Engine engine) throws IOException {
    try (Twins twins = twins(engine, "twins")) {
      twins.push();
      try (Stream<Path> files = Files.walk(folder.resolve("twins/exports"))) {
        assertThat(files.filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}.*")))
            .isEmpty();
      }
    }
  }
}
