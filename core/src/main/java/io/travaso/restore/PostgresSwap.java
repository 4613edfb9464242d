package io.travaso.restore;

import io.travaso.SyncException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives a database the name of another one. All of it is one transaction: whoever connects
 * meanwhile waits, and a kill leaves either the one or the other.
 */
final class PostgresSwap {
  /** {@code object_in_use}: somebody is connected. */
  private static final String IN_USE = "55006";

  /** {@code insufficient_privilege}. */
  private static final String FORBIDDEN = "42501";

  private final Replacement replacement;
  private final BesideNames names;
  private final String purpose;

  PostgresSwap(Replacement replacement, BesideNames names, String purpose) {
    this.replacement = replacement;
    this.names = names;
    this.purpose = purpose;
  }

  /** Looks for what ties others to the old database, and waits until nobody is connected to it. */
  void requireFree(Sql door) {
    String name = door.literal(replacement.database());
    List<String> ties = new ArrayList<>();
    door.column(
            "Looking for prepared transactions",
            "SELECT gid FROM pg_prepared_xacts WHERE database = " + name)
        .forEach(gid -> ties.add("the prepared transaction " + gid));
    door.column(
            "Looking for replication slots",
            "SELECT slot_name FROM pg_replication_slots WHERE database = " + name)
        .forEach(slot -> ties.add("the logical replication slot " + slot));
    // Their other columns are for superusers; these are for all.
    door.column(
            "Looking for subscriptions",
            "SELECT subname FROM pg_subscription AS s JOIN pg_database AS d ON d.oid = s.subdbid"
                + " WHERE d.datname = "
                + name)
        .forEach(subscription -> ties.add("the subscription " + subscription));
    if (!ties.isEmpty()) {
      throw SyncException.refused(
          "the database "
              + replacement.database()
              + " can't be replaced while something hangs on it",
          "End or drop what is listed; a replica has to be set up anew afterwards.",
          ties);
    }
    PostgresSessions.awaitNone(door, replacement.database(), replacement.disconnects());
  }

  void run(Sql door) {
    // The properties as they are now, under the name the new one has until it is swapped.
    PostgresProperties properties = PostgresProperties.of(door, replacement.database());
    String doing = "Swapping the database " + replacement.database() + " with " + names.fresh();
    String name = door.quote(replacement.database());
    String fresh = door.quote(names.fresh());
    String old = door.quote(names.old());
    PostgresSessions.end(door, names.fresh());
    door.run(doing, "BEGIN");
    Ending ending = replacement.disconnects() ? Ending.of(replacement) : null;
    try {
      // This waits for sessions to end, and from its beginning nobody new gets in.
      Optional<SQLException> refused =
          door.tried("ALTER DATABASE %s RENAME TO %s".formatted(name, old));
      if (refused.isPresent()) {
        door.run(doing, "ROLLBACK");
        throw explained(door, doing, refused.get());
      }
      List<String> forbidden = takeOver(door, doing, properties, fresh, name);
      door.run(doing, "ALTER DATABASE %s RENAME TO %s".formatted(fresh, name));
      door.run(
          doing,
          "COMMENT ON DATABASE %s IS %s"
              .formatted(old, door.literal(BesideNames.oldMark(replacement.database(), purpose))));
      door.run(doing, "COMMIT");
      forbidden.forEach(
          statement ->
              replacement
                  .progress()
                  .tells("As an administrator, run what this account may not: " + statement));
    } finally {
      if (ending != null) {
        ending.close();
      }
    }
  }

  /**
   * Gives the new database what the old one had.
   *
   * @return the settings that this account may not make, as statements
   */
  private static List<String> takeOver(
      Sql door, String doing, PostgresProperties properties, String fresh, String name) {
    List<String> forbidden = new ArrayList<>();
    for (String statement : properties.later()) {
      door.run(doing, "SAVEPOINT property");
      Optional<SQLException> refused = door.tried(statement.formatted(fresh));
      if (refused.isPresent()) {
        if (!FORBIDDEN.equals(refused.get().getSQLState())) {
          throw door.explain(doing, refused.get());
        }
        door.run(doing, "ROLLBACK TO SAVEPOINT property");
        forbidden.add(statement.formatted(name));
      }
    }
    return forbidden;
  }

  private SyncException explained(Sql door, String doing, SQLException failure) {
    return IN_USE.equals(failure.getSQLState())
        ? PostgresSessions.inUse(
            replacement.database(),
            PostgresSessions.of(door, replacement.database()),
            replacement.disconnects())
        : door.explain(doing, failure);
  }

  /** Ends, from a session of its own, those who came in at the last moment. */
  private static final class Ending {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    private Ending(Replacement replacement) {
      thread = new Thread(() -> work(replacement), "ending sessions");
      thread.setDaemon(true);
      thread.start();
    }

    static Ending of(Replacement replacement) {
      return new Ending(replacement);
    }

    private void work(Replacement replacement) {
      try (Sql door = PostgresDoor.open(replacement)) {
        while (!over.get()) {
          PostgresSessions.end(door, replacement.database());
          PostgresSessions.pause();
        }
      } catch (SyncException e) {
        // Then nobody is ended, and the renaming says who is connected.
        over.set(true);
      }
    }

    void close() {
      over.set(true);
    }
  }
}
