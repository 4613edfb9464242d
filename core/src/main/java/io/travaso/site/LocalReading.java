package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.Environment;
import io.travaso.config.Reading;
import io.travaso.database.Database;
import io.travaso.database.ReadingSql;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Where an environment's rows are read: its database, or a standby that has all that it has. */
final class LocalReading implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Environment environment;
  private final LocalDatabase primary;
  private final Reading how;
  private @Nullable Reach reach;
  private @Nullable Database standby;

  LocalReading(Environment environment, LocalDatabase primary) {
    this.environment = environment;
    this.primary = primary;
    this.how = environment.reading();
  }

  /** Whether rows are read from a standby. */
  boolean isFromStandby() {
    return environment.readFrom() != null;
  }

  /** Where the standby is, for people. */
  String place() {
    DatabaseSettings settings = environment.readFrom();
    return settings == null ? primary.place() : settings.place() + " as " + settings.user();
  }

  /** What rows are read from; it may be behind until {@link #session} was asked for. */
  Database database() {
    DatabaseSettings settings = environment.readFrom();
    if (settings == null) {
      return primary.get();
    }
    if (standby == null) {
      reach = new Reach(environment, settings);
      try {
        standby = Database.open(primary.settings(settings, reach));
      } catch (SyncException e) {
        throw named(e);
      }
    }
    return standby;
  }

  /**
   * A session that reads gently, in a protected environment by one processor, and that sees
   * whatever was committed before it was asked for.
   *
   * @throws SyncException if the standby is none of this database, or does not follow
   */
  Handle session() {
    Database open = database();
    if (isFromStandby()) {
      follow(open);
    }
    Handle session = open.session();
    try {
      open.dialect()
          .reading()
          .gently(how.statementTimeout(), environment.isProtected() ? 1 : jobs())
          .forEach(session::execute);
      return session;
    } catch (JdbiException e) {
      session.close();
      throw open.dialect().explain("Preparing to read from " + open.name(), e);
    }
  }

  /** Lets a session digest by as many processors as may read. */
  void digesting(Handle session) {
    primary.get().dialect().reading().digesting(jobs()).forEach(session::execute);
  }

  /** A session with the primary, to read beside one that merges there. */
  Handle beside() {
    Database open = primary.get();
    Handle session = open.session();
    try {
      bounded(session);
      return session;
    } catch (JdbiException e) {
      session.close();
      throw open.dialect().explain("Preparing to read from " + open.name(), e);
    }
  }

  /** Keeps a session that does other work from having more processors than may read. */
  void bounded(Handle session) {
    primary.get().dialect().reading().bounded(jobs()).forEach(session::execute);
  }

  private int jobs() {
    return environment.jobs(Runtime.getRuntime().availableProcessors());
  }

  /** Waits until the standby has what the primary has now. */
  private void follow(Database open) {
    Database leading = primary.get();
    ReadingSql sql = open.dialect().reading();
    try (Handle here = leading.session();
        Handle there = open.session()) {
      sql.requireStandby(here, there);
      String position = sql.position(here);
      long end = System.nanoTime() + how.standbyWait().toNanos();
      while (!sql.reached(there, position)) {
        if (System.nanoTime() > end) {
          throw SyncException.refused(
              "The standby does not follow: after %d s it is at %s, and the primary was at %s"
                  .formatted(how.standbyWait().toSeconds(), sql.reachedPosition(there), position),
              "See whether replication runs. `reading: {standby-wait: …}` gives it longer; without"
                  + " `read-from` rows are read from `database`.");
        }
        pause();
      }
    } catch (JdbiException e) {
      throw named(open.dialect().explain("Asking the standby how far it is", e));
    } catch (SyncException e) {
      throw named(e);
    }
    requireLedger(leading, open);
  }

  /** A replica may leave out what it likes: what was agreed on at least has to be there. */
  private void requireLedger(Database leading, Database open) {
    Set<String> runs = new HashSet<>(runs(leading));
    runs.removeAll(runs(open));
    boolean sameMark = new Ledger(leading).mark().equals(new Ledger(open).mark());
    if (!runs.isEmpty() || !sameMark) {
      throw named(
          SyncException.refused(
              "`read-from` has another ledger than `database`",
              "It is no replica of the whole of it. Name one that is, or take `read-from` out."));
    }
  }

  /** Those that ended, for one that runs now may have begun since. */
  private static List<String> runs(Database database) {
    return new Ledger(database)
        .runs().stream()
            .filter(run -> run.outcome() != Run.Outcome.STARTED)
            .map(Run::id)
            .collect(Collectors.toList());
  }

  /**
   * Reads what has to be seen as something was before, so it can't be read again.
   *
   * @throws SyncException with what to do where the standby gives it up, or it takes too long
   */
  <T> T readOnce(Supplier<T> work) {
    try {
      return work.get();
    } catch (SyncException e) {
      throw explained(e);
    }
  }

  /**
   * Reads, once more where the standby gave the query up for what it had to follow.
   *
   * @throws SyncException with what to do where it is given up again, or takes too long
   */
  <T> T read(Supplier<T> work, Progress progress) {
    try {
      return work.get();
    } catch (SyncException e) {
      if (!isConflict(e)) {
        throw explained(e);
      }
      progress.tells(
          environment.name() + ": the standby gave the query up to follow; it is read once more");
    }
    return readOnce(work);
  }

  private boolean isConflict(SyncException failure) {
    return isFromStandby() && database().dialect().reading().isConflict(failure);
  }

  private SyncException explained(SyncException e) {
    if (isConflict(e)) {
      return new SyncException(
          Kind.FAILED,
          environment.name() + ": the standby gave the query up to follow its primary",
          database().dialect().reading().conflictHint(),
          e);
    }
    boolean limited = !how.statementTimeout().isZero();
    if (limited && database().dialect().reading().isTimeout(e)) {
      return new SyncException(
          Kind.FAILED,
          "%s: a statement took longer than the %d s it may"
              .formatted(environment.name(), how.statementTimeout().toSeconds()),
          "Raise statement-timeout under `reading`, or read while less is going on.",
          e);
    }
    return e;
  }

  /** The rests that were asked for, between the rows of one table. */
  Pace pace() {
    return new Pace(how.pace());
  }

  private SyncException named(SyncException e) {
    return new SyncException(
        e.kind(), environment.name() + ", read-from: " + e.what(), e.hint(), e);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(Kind.INTERRUPTED, "Interrupted while the standby followed", "", e);
    }
  }

  @Override
  public void close() {
    if (standby != null) {
      standby.close();
    }
    if (reach != null) {
      reach.close();
    }
  }
}
