package io.travaso.keys;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.Database;
import io.travaso.database.KeySql;
import io.travaso.database.KeySql.Global;
import io.travaso.database.KeySql.Position;
import io.travaso.keys.ClassPlan.Change;
import io.travaso.keys.ClassPlan.Setting;
import io.travaso.keys.KeySources.Drawn;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Lets the tables of a set whose rows are recognised by their keys draw these from a class of
 * numbers, or from all again.
 */
public final class KeyClasses {
  private final Database database;
  private final KeySql sql;
  private final KeyClass numbers;
  private final int environments;
  private final Map<TableId, List<Drawn>> sequences = new LinkedHashMap<>();
  private final List<Drawn> incremented = new ArrayList<>();

  /**
   * @param numbers where the keys are to come from
   * @param environments how many environments share all numbers, or shared them until now
   */
  public KeyClasses(Database database, TableSet set, KeyClass numbers, int environments) {
    this.database = database;
    this.sql = database.dialect().keys();
    this.numbers = numbers;
    this.environments = environments;
    for (Drawn drawn : KeySources.drawn(set)) {
      if (!drawn.isByMeaning()) {
        if (drawn.isAutoIncrement()) {
          incremented.add(drawn);
        } else {
          sequences.computeIfAbsent(drawn.sequence(), s -> new ArrayList<>()).add(drawn);
        }
      }
    }
  }

  /**
   * What it takes; nothing is written.
   *
   * @throws SyncException if it can't be done, with all reasons
   */
  public ClassPlan plan() {
    return database.with("Looking at how keys are drawn", this::plan);
  }

  private ClassPlan plan(Handle session) {
    List<String> unfit = new ArrayList<>();
    List<String> rights = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    sequences.forEach(
        (sequence, tables) ->
            change(session, sequence, tables, unfit, notes)
                .ifPresent(
                    change -> {
                      changes.add(change);
                      if (!sql.mayAlter(session, sequence)) {
                        rights.addAll(statements(session, sequence, tables, change));
                      }
                    }));
    List<Setting> server = settings(session, unfit, rights);
    if (!unfit.isEmpty()) {
      throw SyncException.refused(
          "Not all keys can be drawn from a class of numbers; nothing was changed",
          "What draws other than every number is not ours to change: who made it so relies on it.",
          unfit);
    }
    if (!rights.isEmpty()) {
      throw new SyncException(
          Kind.REFUSED,
          "The connected role may not change how keys are drawn",
          "Their owner, or the server's administrator, can: what is to be done is listed.",
          rights);
    }
    if (!server.isEmpty()) {
      notes.addAll(serverNotes());
    }
    return new ClassPlan(changes, server, notes);
  }

  private Optional<Change> change(
      Handle session,
      TableId sequence,
      List<Drawn> tables,
      List<String> unfit,
      List<String> notes) {
    Position position = position(session, tables.get(0));
    boolean split = position.increment() == numbers.count() && numbers.count() > 1;
    if (split
        && position.offset() == Math.floorMod(numbers.place(), (long) numbers.count())
        && numbers.holds(position.next())) {
      return Optional.empty();
    }
    if (numbers.count() == 1
        && (position.increment() == 1 || position.increment() != environments)) {
      if (position.increment() != 1) {
        notes.add(
            "%s draws in steps of %d, which no split made so; it stays"
                .formatted(sequence, position.increment()));
      }
      return Optional.empty();
    }
    boolean ours =
        position.increment() == 1
            || numbers.count() == 1
            || (split
                && position.offset() == Math.floorMod(numbers.place(), (long) numbers.count()));
    if (!ours) {
      unfit.add("%s draws in steps of %d already".formatted(sequence, position.increment()));
      return Optional.empty();
    }
    return Optional.of(
        new Change(
            sequence.toString(),
            tables.stream().map(d -> d.table().label()).toList(),
            position.increment(),
            numbers.count(),
            next(session, position, tables)));
  }

  private Position position(Handle session, Drawn drawn) {
    return sql.position(session, drawn.table().table(), drawn.key(), drawn.sequence());
  }

  /** Beyond what was drawn, and beyond all that the tables hold. */
  private long next(Handle session, Position position, List<Drawn> tables) {
    long least = position.next();
    for (Drawn drawn : tables) {
      long highest =
          session
              .createQuery(sql.highest(drawn.table().table(), drawn.key()))
              .map((r, c) -> r.getLong(1))
              .one();
      least = Math.max(least, Math.addExact(highest, 1));
    }
    return numbers.atLeast(least);
  }

  private List<String> statements(
      Handle session, TableId sequence, List<Drawn> tables, Change change) {
    return sql
        .drawFrom(sequence, change.increment(), start(session, tables), change.next())
        .stream()
        .map(s -> s + ";")
        .toList();
  }

  /** Where it begins when it is reset: there its class is to be read. */
  private long start(Handle session, List<Drawn> tables) {
    return numbers.atLeast(sql.start(session, tables.get(0).sequence()));
  }

  private List<Setting> settings(Handle session, List<String> unfit, List<String> rights) {
    Optional<Global> known = incremented.isEmpty() ? Optional.empty() : sql.global(session);
    if (known.isEmpty()) {
      return List.of();
    }
    Global global = known.get();
    long offset = numbers.place();
    if (global.increment() == numbers.count() && global.offset() == offset) {
      return List.of();
    }
    boolean ours =
        numbers.count() == 1 ? global.increment() == environments : global.increment() == 1;
    if (!ours) {
      if (numbers.count() > 1) {
        unfit.add(
            "AUTO_INCREMENT draws in steps of %d already, from %d on, on the whole server"
                .formatted(global.increment(), global.offset()));
      }
      return List.of();
    }
    if (!global.maySet()) {
      rights.addAll(sql.setGlobal(numbers.count(), offset).stream().map(s -> s + ";").toList());
      rights.addAll(serverNotes());
    }
    return Stream.of(
            new Setting("auto_increment_increment", global.increment(), numbers.count()),
            new Setting("auto_increment_offset", global.offset(), offset))
        .filter(s -> s.from() != s.to())
        .toList();
  }

  private List<String> serverNotes() {
    return List.of(
        "This concerns all databases of that server.",
        "Connections that are open draw as before: restart the application.",
        numbers.count() == 1
            ? "my.cnf must not have auto_increment_increment and auto_increment_offset any more."
            : "So that it survives a restart of the server, my.cnf must have, under [mariadbd]:"
                + " auto_increment_increment = %d and auto_increment_offset = %d"
                    .formatted(numbers.count(), numbers.place()));
  }

  /**
   * Does it.
   *
   * @return what was done
   */
  public ClassPlan apply() {
    ClassPlan plan = plan();
    List<Change> done =
        database.inTransaction(
            "Changing how keys are drawn", session -> changeSequences(session, plan));
    if (!plan.server().isEmpty()) {
      database.with(
          "Changing how AUTO_INCREMENT draws",
          session -> {
            sql.setGlobal(numbers.count(), numbers.place()).forEach(session::execute);
            return true;
          });
    }
    return new ClassPlan(done, plan.server(), plan.notes());
  }

  private List<Change> changeSequences(Handle session, ClassPlan plan) {
    List<Change> done = new ArrayList<>();
    for (Change change : plan.changes()) {
      sequences.forEach(
          (sequence, tables) -> {
            if (sequence.toString().equals(change.sequence())) {
              sql.holdStill(sequence, change.fromIncrement()).forEach(session::execute);
              long next = next(session, position(session, tables.get(0)), tables);
              sql.drawFrom(sequence, change.increment(), start(session, tables), next)
                  .forEach(session::execute);
              done.add(
                  new Change(
                      change.sequence(),
                      change.labels(),
                      change.fromIncrement(),
                      change.increment(),
                      next));
            }
          });
    }
    return done;
  }
}
