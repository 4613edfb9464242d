package io.travaso.merge;

import io.travaso.database.BeforeParts.Part;
import io.travaso.database.BeforeSql;
import io.travaso.database.BeforeSql.Images;
import io.travaso.database.BeforeSql.Staged;
import io.travaso.database.Dialect;
import io.travaso.merge.Conflict.Kind;
import io.travaso.table.Catalog;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import io.travaso.table.WholeTables;
import io.travaso.table.WholeTables.Parts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Stages the rows that a run wrote as they were before, for a merge that makes them so again, and
 * finds those that can't be: they changed again, or others depend on them now.
 */
public final class Undo {
  private static final int LISTED = 1000;

  private final Merger merger;
  private final Handle session;
  private final Dialect dialect;
  private final BeforeSql sql;
  private final Catalog catalog;
  private final Map<TableId, Staged> staged = new LinkedHashMap<>();
  private int found;
  private final Map<String, Long> conflicts = new HashMap<>();

  Undo(Merger merger, Handle session, Dialect dialect, Catalog catalog) {
    this.merger = merger;
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.before();
    this.catalog = catalog;
  }

  /**
   * The tables of these parts, rows recognised by the parts' keys; columns that the run did not set
   * keep the target's values.
   *
   * @param known where names for people are taken from
   */
  public static TableSet set(Catalog catalog, List<Part> parts, TableSet known) {
    Map<Table, Parts> tables = new HashMap<>();
    for (Part part : parts) {
      tables.put(
          table(catalog, part).orElseThrow(), new Parts(part.about().key(), part.about().set()));
    }
    return WholeTables.of(tables, known);
  }

  /** The table that a part is of; empty where it is not there any more. */
  public static Optional<Table> table(Catalog catalog, Part part) {
    return catalog.all().stream().filter(t -> t.id().toString().equals(part.name())).findFirst();
  }

  private void read(Part part) {
    SyncTable table = merger.set().find(table(catalog, part).orElseThrow().id()).orElseThrow();
    Images images =
        new Images(
            table,
            "travaso_before_" + staged.size(),
            table.match(),
            part.about().set().stream().map(table.table()::requiredColumn).toList(),
            table.table().columns().stream().filter(c -> !c.generated()).toList());
    sql.read(images, part.number()).forEach(session::execute);
    staged.put(table.id(), new Staged(images, merger.staging().loaded(table)));
  }

  /**
   * Stages these parts, but for what can't be undone.
   *
   * @return what can't: the first rows of each table
   */
  public List<Conflict> stage(List<Part> parts) {
    try {
      parts.forEach(this::read);
      return stage();
    } catch (JdbiException e) {
      throw dialect.explain("Staging the rows as they were", e);
    }
  }

  private List<Conflict> stage() {
    Map<Staged, Long> rows = new LinkedHashMap<>();
    for (Staged one : staged.values()) {
      long count = 0;
      for (String statement : sql.stage(one)) {
        count += session.execute(statement);
      }
      String name = name();
      session.execute(sql.same(one, name));
      mark(one.images(), name, 'x');
      rows.put(one, count - session.execute(sql.unstage(one)));
    }
    // What stays may keep others from going, and what does not come back from coming.
    long left;
    do {
      left = 0;
      for (Staged one : staged.values()) {
        left += leave(one);
      }
      for (Staged one : staged.values()) {
        long gone = session.execute(sql.unstage(one));
        rows.merge(one, -gone, Long::sum);
      }
    } while (left > 0);
    List<Conflict> listed = new ArrayList<>();
    for (Staged one : staged.values()) {
      SyncTable table = one.images().table();
      merger.staging().loaded(table, rows.getOrDefault(one, 0L));
      String keys = one.images().name() + "_listed";
      session.execute(sql.listed(one.images(), keys));
      merger.deleteListed(table, keys);
      listed.addAll(conflicts(one.images()));
    }
    return listed;
  }

  /** The plan, and how many rows of each table can't be undone. */
  public MergePlan counted(MergePlan plan) {
    return new MergePlan(
        plan.tables().stream()
            .map(table -> table.withConflicts(conflicts.getOrDefault(table.table(), 0L)))
            .toList(),
        plan.unanswered());
  }

  /** Leaves rows as they are that depend on others, or others on them, that can't be undone. */
  private long leave(Staged one) {
    Images images = one.images();
    long left = 0;
    for (ForeignKey key : catalog.referencing(images.table().id())) {
      String name = name();
      Staged own = staged.get(key.table());
      session.execute(sql.held(images, key, catalog.get(key.table()), own, name));
      left += mark(images, name, 'r');
    }
    for (ForeignKey key : images.table().table().foreignKeys()) {
      String name = name();
      session.execute(
          sql.orphaned(one, key, catalog.get(key.target()), staged.get(key.target()), name));
      left += mark(images, name, 'p');
    }
    return left;
  }

  private String name() {
    return "travaso_left_" + found++;
  }

  private long mark(Images images, String name, char state) {
    long marked = session.execute(sql.mark(images, name, state));
    session.execute(dialect.merge().dropTemporary(name));
    return marked;
  }

  private List<Conflict> conflicts(Images images) {
    SyncTable table = images.table();
    conflicts.put(
        table.id().toString(),
        session.createQuery(sql.countConflicts(images)).mapTo(Long.class).one());
    return session
        .createQuery(sql.conflicts(images, LISTED))
        .map(
            (r, c) ->
                new Conflict(
                    table.id().toString(),
                    table.label(),
                    r.getString(1),
                    kind(r.getString(2)),
                    null,
                    r.getString(2).equals("p") ? r.getString(3) : null,
                    r.getString(2).equals("r") ? r.getString(3) : null,
                    ""))
        .list();
  }

  private static Kind kind(String state) {
    return switch (state) {
      case "g" -> Kind.DELETED_IN_TARGET;
      case "n" -> Kind.NEW_ON_BOTH;
      default -> Kind.CHANGED_ON_BOTH;
    };
  }
}
