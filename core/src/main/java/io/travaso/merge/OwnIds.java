package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Lookups;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The ids of rows that are matched by meaning and referenced by others: the target's own. A new row
 * has a provisional one from the plan until the merge, which draws it from the sequence and puts it
 * wherever the provisional one stands.
 */
final class OwnIds {
  private static final int LISTED = 1000;

  private final Handle session;
  private final MergeSql sql;
  private final TableSet set;
  private final Staging staging;
  private final String environment;
  private final Map<TableId, String> tables = new TreeMap<>();

  OwnIds(Handle session, MergeSql sql, TableSet set, Staging staging, String environment) {
    this.session = session;
    this.sql = sql;
    this.set = set;
    this.staging = staging;
    this.environment = environment;
  }

  /** What staged rows are resolved with. */
  Lookups lookups() {
    return new Lookups(tables, environment);
  }

  /**
   * Finds the ids of all loaded rows.
   *
   * @throws SyncException if rows can't be told apart
   */
  void find() {
    List<String> duplicates = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      if (table.ownId() != null) {
        String ids = "travaso_ids_" + tables.size();
        session.execute(sql.createIds(table, staging.loaded(table), ids));
        tables.put(table.id(), ids);
        keys(sql.duplicateIds(table, ids, LISTED))
            .forEach(key -> duplicates.add(table.label() + " " + key + " stands more than once"));
        if (staging.rows(table) > Staging.SMALL) {
          session.execute(sql.analyze(ids));
        }
      }
    }
    if (!duplicates.isEmpty()) {
      throw SyncException.refused(
          "The rows can't be merged as they are; nothing was written",
          "Rows that are matched by meaning stand once in a fixture.",
          duplicates);
    }
  }

  /** The rows that are others in the target by now than when they were found. */
  List<String> moved() {
    List<String> moved = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      String ids = tables.get(table.id());
      if (ids != null) {
        keys(sql.movedIds(table, ids, LISTED))
            .forEach(
                key ->
                    moved.add("%s %s is another row now, or none".formatted(table.label(), key)));
      }
    }
    return moved;
  }

  /** Draws the ids of the new rows. */
  void draw(List<TableDiff> diffs) {
    for (TableDiff one : diffs) {
      Column id = one.table().ownId();
      if (id != null && !id.isUuid() && one.plan().created() > 0) {
        String ids = lookups().requiredIds(one.table().id());
        String drawn = ids + "_drawn";
        session.execute(sql.drawIds(one.table(), ids, drawn));
        session.execute(sql.analyze(drawn));
        renumber(staging.name(one.table()), SyncTable.OWN_ID, drawn);
        diffs.forEach(other -> renumberReferences(other, one.table(), id, drawn));
      }
    }
  }

  private void renumberReferences(TableDiff one, SyncTable target, Column id, String drawn) {
    SyncTable table = one.table();
    for (Field field : table.fields()) {
      renumberGeneric(one, field, target, drawn);
      Reference reference = field.reference();
      boolean refers =
          reference != null
              && reference.target().equals(target.id())
              && reference.targetColumn().equals(id);
      if (refers && staging.rows(table) > 0) {
        renumber(staging.name(table), table.stagingName(field.column()), drawn);
        int key = table.match().indexOf(field.column());
        if (key >= 0) {
          renumber(one.work().diff(), "k" + key, drawn);
        }
      }
    }
  }

  private void renumberGeneric(TableDiff one, Field field, SyncTable target, String drawn) {
    GenericReference generic = field.generic();
    if (generic != null && staging.rows(one.table()) > 0) {
      String staged = staging.name(one.table());
      generic.targets().stream()
          .filter(t -> t.naturalKey().table().id().equals(target.id()))
          .forEach(t -> session.execute(sql.renumberGeneric(one.table(), field, t, staged, drawn)));
    }
  }

  private void renumber(String temporaryTable, String column, String drawn) {
    session.execute(sql.renumber(temporaryTable, column, drawn));
  }

  private List<String> keys(String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }
}
