package io.travaso.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.travaso.SyncException;
import io.travaso.database.BeforeParts;
import io.travaso.database.Database;
import io.travaso.database.LedgerSql;
import io.travaso.ledger.Run.Outcome;
import io.travaso.ledger.Run.RunTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The ledger of one database. Reading one that does not exist finds nothing and makes nothing. */
public final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A server that crashed needs some time to be back. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A server ends a session some time after its client has left. */
  private static final Duration PARTING = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Database database;
  private final LedgerSql sql;

  public Ledger(Database database) {
    this.database = database;
    this.sql = database.dialect().ledger();
  }

  /** What it knows of the other environments' tables. */
  public Baselines baselines() {
    return new Baselines(database);
  }

  public boolean exists() {
    return with("Looking for the ledger", this::exists);
  }

  private boolean exists(Handle handle) {
    return handle.createQuery(sql.exists()).mapTo(Boolean.class).one();
  }

  /** Makes what is missing of the ledger, also what an earlier version of the tool did not have. */
  public void create() {
    database.inTransaction(
        "Creating the ledger in " + database.name(),
        handle -> {
          if (!isComplete(handle)) {
            sql.create().forEach(handle::execute);
          }
          return true;
        });
  }

  /** Which environment this database says it is; empty where nobody marked it yet. */
  public Optional<EnvironmentMark> mark() {
    return with(
        "Reading the environment's mark",
        handle ->
            exists(handle)
                ? handle
                    .createQuery(
                        "SELECT name, marked_at, marked_by FROM "
                            + sql.environmentTable()
                            + " ORDER BY marked_at LIMIT 1")
                    .map(
                        (r, c) ->
                            new EnvironmentMark(
                                r.getString(1), r.getTimestamp(2).toInstant(), r.getString(3)))
                    .findOne()
                : Optional.empty());
  }

  /** Marks the database; one that is marked already stays as it is. The ledger must exist. */
  public void mark(EnvironmentMark mark, String toolVersion) {
    database.inTransaction(
        "Marking " + database.name() + " as " + mark.environment(),
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO "
                        + sql.environmentTable()
                        + " SELECT :name, :at, :by, :version WHERE NOT EXISTS (SELECT 1 FROM "
                        + sql.environmentTable()
                        + ")")
                .bind("name", mark.environment())
                .bind("at", Timestamp.from(mark.markedAt()))
                .bind("by", mark.markedBy())
                .bind("version", toolVersion)
                .execute());
  }

  /**
   * Takes the lock that only one run can hold, in this session; it ends with the session, however
   * that ends. Waits some seconds for a session whose client has left already.
   *
   * @return false where another run holds it
   */
  public boolean tryLock(Handle session) {
    long end = System.nanoTime() + PARTING.toNanos();
    boolean locked = session.createQuery(sql.tryLock()).mapTo(Boolean.class).one();
    while (!locked && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      locked = session.createQuery(sql.tryLock()).mapTo(Boolean.class).one();
    }
    return locked;
  }

  /** Records that a run begins. The ledger must exist. */
  public void start(Run run) {
    database.inTransaction(
        "Recording the run",
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO "
                        + sql.runTable()
                        + " (id, started_at, command, source, target, run_by, tool_version,"
                        + " outcome, fixture_sha256, fixture_file, backup, tables) VALUES (:id,"
                        + " :started, :command, :source, :target, :by, :version, :outcome, :sha256,"
                        + " :file, :backup, :tables)")
                .bind("id", run.id())
                .bind("started", Timestamp.from(run.startedAt()))
                .bind("command", run.command())
                .bind("source", run.source())
                .bind("target", run.target())
                .bind("by", run.runBy())
                .bind("version", run.toolVersion())
                .bind("outcome", text(run.outcome()))
                .bind("sha256", run.fixtureSha256())
                .bind("file", run.fixtureFile())
                .bind("backup", run.backup())
                .bind("tables", json(run.tables()))
                .execute());
  }

  /**
   * Records in the merge's own transaction that a run is applied, so that both are true or neither.
   */
  public void apply(Handle transaction, String id, Instant at, List<RunTable> tables) {
    boolean written = tables.stream().anyMatch(t -> t.created() + t.updated() + t.deleted() > 0);
    Outcome outcome = written ? Outcome.APPLIED : Outcome.UNCHANGED;
    if (finish(transaction, id, outcome, at, null, tables) != 1) {
      throw SyncException.failed(
          "Recording that run " + id + " is applied failed: the ledger has no such run under way",
          "Was " + sql.runTable() + " changed by hand? Run the command again.");
    }
  }

  /**
   * Records that an applied run was taken back, and with it every sync since, in the rollback's own
   * transaction.
   */
  public void rolledBack(Handle transaction, String id) {
    transaction
        .createUpdate(
            "UPDATE "
                + sql.runTable()
                + " SET outcome = :outcome WHERE id = :id OR outcome = :applied AND command NOT IN"
                + " (:rollback, :undo, :renumber) AND started_at >= (SELECT started_at FROM "
                + sql.runTable()
                + " WHERE id = :id)")
        .bind("outcome", text(Outcome.ROLLED_BACK))
        .bind("applied", text(Outcome.APPLIED))
        .bind("rollback", Run.ROLLBACK)
        .bind("undo", Run.UNDO)
        .bind("renumber", Run.RENUMBER)
        .bind("id", id)
        .execute();
    forgetTakenBack(transaction);
  }

  /** Records that an applied run was undone, in the undo's own transaction. */
  public void undone(Handle transaction, String id) {
    int undone =
        transaction
            .createUpdate(
                "UPDATE "
                    + sql.runTable()
                    + " SET outcome = :outcome WHERE id = :id AND outcome = :applied")
            .bind("outcome", text(Outcome.UNDONE))
            .bind("applied", text(Outcome.APPLIED))
            .bind("id", id)
            .execute();
    if (undone != 1) {
      throw SyncException.refused(
          "Run " + id + " was taken back meanwhile; nothing was written",
          "Look at `sync history`.");
    }
    forgetTakenBack(transaction);
  }

  /** What is remembered of runs for as long as what they wrote is there. */
  private void forgetTakenBack(Handle transaction) {
    before()
        .forget(
            transaction,
            transaction
                .createQuery(
                    "SELECT id FROM " + sql.runTable() + " WHERE outcome IN (:back, :undone)")
                .bind("back", text(Outcome.ROLLED_BACK))
                .bind("undone", text(Outcome.UNDONE))
                .mapTo(String.class)
                .set());
  }

  private BeforeParts before() {
    return new BeforeParts(sql);
  }

  /** What the rows that a run wrote were before; nothing where it can't be undone. */
  public List<BeforeParts.Part> before(String run) {
    return with(
        "Reading what rows were before",
        handle -> isComplete(handle) ? before().of(handle, run) : List.of());
  }

  /** Forgets what rows were before the runs that are too long ago to be undone. */
  public void forgetBefore() {
    database.inTransaction(
        "Forgetting what rows were before older runs",
        handle -> {
          if (isComplete(handle)) {
            before().retain(handle);
          }
          return true;
        });
  }

  private boolean isComplete(Handle handle) {
    return handle.createQuery(sql.isComplete()).mapTo(Boolean.class).one();
  }

  /**
   * Forgets what runs wrote that nobody can go back to before.
   *
   * @param backups the names of the backups there are
   */
  public void forgetWritten(Collection<String> backups) {
    Optional<String> written = sql.writtenTable();
    if (written.isPresent() && exists()) {
      Set<String> kept = new HashSet<>();
      runs().stream().filter(r -> backups.contains(r.backup())).forEach(r -> kept.add(r.id()));
      database.inTransaction(
          "Forgetting what runs without a backup wrote",
          handle -> {
            List<String> known =
                handle
                    .createQuery("SELECT DISTINCT run FROM " + written.get())
                    .mapTo(String.class)
                    .list();
            known.stream()
                .filter(run -> !kept.contains(run))
                .forEach(
                    run ->
                        handle
                            .createUpdate("DELETE FROM " + written.get() + " WHERE run = :run")
                            .bind("run", run)
                            .execute());
            return true;
          });
    }
  }

  /** Records that a run failed, unless it is applied; on a new connection, as it may be why. */
  public void fail(String id, Instant at, String error) {
    try (Handle handle = database.session()) {
      finish(handle, id, Outcome.FAILED, at, error, List.of());
    } catch (JdbiException e) {
      throw database.dialect().explain("Recording the failure", e);
    }
  }

  private int finish(
      Handle handle,
      String id,
      Outcome outcome,
      Instant at,
      @Nullable String error,
      List<RunTable> tables) {
    return handle
        .createUpdate(
            "UPDATE "
                + sql.runTable()
                + " SET outcome = :outcome, finished_at = :at, error = :error, tables = :tables"
                + " WHERE id = :id AND outcome = :started")
        .bind("outcome", text(outcome))
        .bind("at", Timestamp.from(at))
        .bind("error", error)
        .bind("tables", json(tables))
        .bind("id", id)
        .bind("started", text(Outcome.STARTED))
        .execute();
  }

  /**
   * Records of runs that began and never ended that they were interrupted. Only who holds the lock
   * may say so: then none of them is alive, and one that had committed would be recorded as
   * applied.
   */
  public void closeInterrupted(Instant at) {
    database.inTransaction(
        "Recording interrupted runs",
        handle ->
            handle
                .createUpdate(
                    "UPDATE "
                        + sql.runTable()
                        + " SET outcome = :failed, finished_at = :at, error = :error"
                        + " WHERE outcome = :started")
                .bind("failed", text(Outcome.FAILED))
                .bind("at", Timestamp.from(at))
                .bind("error", "It was interrupted; nothing was written.")
                .bind("started", text(Outcome.STARTED))
                .execute());
  }

  /**
   * Whether a run's transaction was committed. Waits for it where it is still being decided, for
   * its row is locked so long. Asks on a new connection: those at hand may have died with the one
   * that was to commit.
   */
  public boolean isApplied(String id) {
    try (Handle handle = database.session(PATIENCE)) {
      return handle
          .createQuery("SELECT outcome FROM " + sql.runTable() + " WHERE id = :id FOR UPDATE")
          .bind("id", id)
          .mapTo(String.class)
          .findOne()
          .filter(o -> o.equals(text(Outcome.APPLIED)) || o.equals(text(Outcome.UNCHANGED)))
          .isPresent();
    } catch (JdbiException e) {
      throw database.dialect().explain("Asking the ledger whether the run was committed", e);
    }
  }

  /** All runs, the latest first. */
  public List<Run> runs() {
    return with(
        "Reading the history",
        handle ->
            exists(handle)
                ? handle
                    .createQuery(
                        "SELECT * FROM " + sql.runTable() + " ORDER BY started_at DESC, id DESC")
                    .map((r, c) -> run(r))
                    .list()
                : List.of());
  }

  private <T> T with(String doing, HandleCallback<T, RuntimeException> callback) {
    return database.with(doing + " in " + database.name(), callback);
  }

  private static Run run(ResultSet r) throws SQLException {
    Timestamp finished = r.getTimestamp("finished_at");
    return new Run(
        r.getString("id"),
        r.getTimestamp("started_at").toInstant(),
        finished == null ? null : finished.toInstant(),
        r.getString("command"),
        r.getString("source"),
        r.getString("target"),
        r.getString("run_by"),
        r.getString("tool_version"),
        outcome(r.getString("outcome")),
        r.getString("error"),
        r.getString("fixture_sha256"),
        r.getString("fixture_file"),
        r.getString("backup"),
        tables(r.getString("tables")));
  }

  private static String text(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static String json(List<RunTable> tables) {
    try {
      return JSON.writeValueAsString(tables);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A run's tables can't be written as JSON", e);
    }
  }

  private static List<RunTable> tables(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<RunTable>>() {});
    } catch (JsonProcessingException e) {
      throw unreadable("a run's tables are not readable");
    }
  }

  private static Outcome outcome(String text) {
    return Arrays.stream(Outcome.values())
        .filter(o -> text(o).equals(text))
        .findFirst()
        .orElseThrow(() -> unreadable("a run has an unknown outcome"));
  }

  private static SyncException unreadable(String why) {
    return SyncException.failed(
        "Reading the history failed: " + why,
        "Was the ledger changed by hand, or by a newer version of the tool?");
  }
}
