package io.travaso.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.ledger.Run.Outcome;
import io.travaso.ledger.Run.RunTable;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ledger remembers, and how; each engine keeps it in its own way. */
abstract class LedgerContract {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");
  private static final List<RunTable> TABLES =
      List.of(new RunTable("public.\"o'dd\"", 1, 2, 3, 4, 7));

  final TestDatabase database = engine().shared().newDatabase();
  private final Database connected = open(database.user());
  private final Ledger ledger = new Ledger(connected);

  abstract Engine engine();

  /** The table of the runs in SQL. */
  abstract String runs();

  /** Who may read the database, and make nothing in it. */
  abstract String reader();

  private Database open(String user) {
    return Database.open(
        new ConnectionSettings(
            engine().scheme(),
            database.server().host(),
            database.server().port(),
            database.name(),
            user,
            Map.of(),
            new Secret(database.password())));
  }

  @AfterEach
  void drop() {
    connected.close();
    database.drop();
  }

  @Test
  void aSessionThatIsAboutToEndIsWaitedFor() throws Exception {
    try (Handle session = connected.session(Duration.ZERO)) {
      CountDownLatch locked = new CountDownLatch(1);
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                try (Handle first = connected.session(Duration.ZERO)) {
                  assertThat(ledger.tryLock(first)).isTrue();
                  locked.countDown();
                  LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
                }
              });
      assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(ledger.tryLock(session)).isTrue();
      other.get(30, TimeUnit.SECONDS);
    }
  }

  private static Run run(String id, Instant at) {
    return new Run(
        id,
        at,
        null,
        "dev-to-prod",
        "dev",
        "prod",
        "o'neil@host \"x\"",
        "0.1.0",
        Outcome.STARTED,
        null,
        "abc",
        "/tmp/é.json",
        "pre_sync.dump",
        List.of());
  }

  private void apply(String id) {
    connected.inTransaction(
        "Test",
        handle -> {
          ledger.apply(handle, id, NOON, TABLES);
          return true;
        });
  }

  @Test
  void oneThatDoesNotExistIsEmptyAndStaysSo() {
    assertThat(ledger.exists()).isFalse();
    assertThat(ledger.mark()).isEmpty();
    assertThat(ledger.runs()).isEmpty();
    assertThat(database.hasLedger()).isFalse();
  }

  @Test
  void isMadeOnce() {
    ledger.create();
    ledger.start(run("r1", NOON));
    ledger.create();

    assertThat(ledger.exists()).isTrue();
    assertThat(ledger.runs()).hasSize(1);
  }

  @Test
  void aMarkStays() {
    ledger.create();
    EnvironmentMark mark = new EnvironmentMark("prod", NOON, "me@here");
    ledger.mark(mark, "0.1.0");
    ledger.mark(new EnvironmentMark("dev", NOON.plusSeconds(1), "you@there"), "0.2.0");

    assertThat(ledger.mark()).contains(mark);
  }

  @Test
  void aRunComesBackAsItWasRecorded() {
    ledger.create();
    ledger.start(run("r1", NOON));

    assertThat(ledger.runs()).containsExactly(run("r1", NOON));
    assertThat(ledger.isApplied("r1")).isFalse();
    assertThat(ledger.isApplied("no such run")).isFalse();

    apply("r1");

    Run applied = ledger.runs().get(0);
    assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(applied.finishedAt()).isEqualTo(NOON);
    assertThat(applied.tables()).isEqualTo(TABLES);
    assertThat(ledger.isApplied("r1")).isTrue();
  }

  @Test
  void runsStandTheLatestFirst() {
    ledger.create();
    ledger.start(run("b", NOON));
    ledger.start(run("a", NOON.plusSeconds(5)));
    ledger.start(run("c", NOON.minusSeconds(5)));

    assertThat(ledger.runs()).extracting(Run::id).containsExactly("a", "b", "c");
  }

  @Test
  void whatIsAppliedCannotFailAnyMore() {
    ledger.create();
    ledger.start(run("r1", NOON));
    ledger.start(run("r2", NOON));
    apply("r1");
    ledger.fail("r1", NOON, "too late");
    ledger.fail("r2", NOON, "it broke");

    assertThat(ledger.runs())
        .extracting(Run::id, Run::outcome, r -> String.valueOf(r.error()))
        .containsExactlyInAnyOrder(
            tuple("r1", Outcome.APPLIED, "null"), tuple("r2", Outcome.FAILED, "it broke"));
  }

  @Test
  void whatFailedCannotBeAppliedAnyMore() {
    ledger.create();
    ledger.start(run("r1", NOON));
    ledger.fail("r1", NOON, "it broke");

    assertThat(catchThrowableOfType(SyncException.class, () -> apply("r1")).what()).contains("r1");
    assertThat(ledger.isApplied("r1")).isFalse();
  }

  @Test
  void aRollbackTakesARunBack() {
    ledger.create();
    ledger.start(run("r1", NOON));
    apply("r1");
    connected.inTransaction(
        "Test",
        handle -> {
          ledger.rolledBack(handle, "r1");
          return true;
        });

    assertThat(ledger.runs().get(0).outcome()).isEqualTo(Outcome.ROLLED_BACK);
  }

  @Test
  void whatAHandChangedIsToldAndNotAPuzzle() {
    ledger.create();
    ledger.start(run("r1", NOON));
    database.execute("UPDATE " + runs() + " SET tables = 'broken'");
    assertThat(catchThrowableOfType(SyncException.class, ledger::runs).what())
        .contains("Reading the history");

    database.execute("UPDATE " + runs() + " SET tables = '[]', outcome = 'perhaps'");
    assertThat(catchThrowableOfType(SyncException.class, ledger::runs).what())
        .contains("Reading the history");
  }

  @Test
  void aRoleThatMayNotMakeItIsTold() {
    SyncException failure;
    try (Database theirs = open(reader())) {
      failure = catchThrowableOfType(SyncException.class, () -> new Ledger(theirs).create());
    }

    assertThat(failure.what()).contains("Creating the ledger", database.name());
    assertThat(failure.hint()).contains("right");
  }

  @Test
  void databasesOfOneNameAreToldApartByTheRunsTheyKnow() {
    ledger.create();
    database.execute("CREATE TABLE thing (id int PRIMARY KEY, v varchar(9))");
    Table thing =
        connected.with("Reading", connected.dialect()::readCatalog).all().stream()
            .filter(t -> t.id().name().equals("thing"))
            .findFirst()
            .orElseThrow();
    List<Column> key = List.of(thing.requiredColumn("id"));
    SyncTable table = new SyncTable(thing, "thing", "thing", key, List.of(), key);
    Baselines baselines = ledger.baselines();
    for (int i = 1; i <= 6; i++) {
      String run = "run-" + i;
      Instant at = NOON.plusSeconds(i);
      connected.inTransaction(
          "Agreeing",
          session ->
              baselines.begin(session, "dev", table, List.of("v"), Optional.empty(), run, at));
    }
    List<TableAgreements> known =
        connected.with("Reading", session -> baselines.agreements(session, "dev"));
    assertThat(known)
        .singleElement()
        .satisfies(t -> assertThat(t.runs()).containsExactly("run-6", "run-5", "run-4", "run-3"));
    Base third =
        connected
            .with("Reading", session -> baselines.find(session, "dev", table, "run-3"))
            .orElseThrow();
    connected.inTransaction(
        "Agreeing",
        session ->
            baselines.begin(
                session,
                "dev",
                table,
                List.of("v"),
                Optional.of(third),
                "run-7",
                NOON.plusSeconds(7)));
    // Who knows run-6 still finds it.
    Optional<Base> sixth =
        connected.with("Reading", session -> baselines.find(session, "dev", table, "run-6"));
    assertThat(sixth).isPresent();
    assertThat(
            connected
                .with("Reading", session -> baselines.agreements(session, "dev"))
                .get(0)
                .runs())
        .containsExactly("run-7", "run-6", "run-5", "run-4", "run-3");
  }
}
