package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.BeforeParts;
import io.travaso.database.BeforeParts.About;
import io.travaso.database.BeforeSql;
import io.travaso.database.BeforeSql.Images;
import io.travaso.database.Dialect;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Writes into the ledger what the rows of a run were before, in the run's own transaction: all of
 * it, or, where that would be too much, nothing.
 */
final class BeforeImages {
  private final Handle session;
  private final BeforeSql sql;
  private final BeforeParts parts;
  private final String run;
  private final Map<TableDiff, Kept> kept = new LinkedHashMap<>();

  private record Kept(Images images, long bytes) {}

  /**
   * Of a run.
   *
   * @param run its id; empty where nothing is to be kept
   */
  BeforeImages(Handle session, Dialect dialect, String run) {
    this.session = session;
    this.sql = dialect.before();
    this.parts = new BeforeParts(dialect.ledger());
    this.run = run;
  }

  /** Before anything is written. */
  void keep(List<TableDiff> diffs) {
    if (run.isEmpty()) {
      return;
    }
    long all = 0;
    for (TableDiff one : diffs) {
      if (one.hasChanges()) {
        Images images = images(one.table(), "travaso_before_" + kept.size());
        long bytes = bytes(one, images);
        all += bytes;
        if (bytes < 0 || all > BeforeParts.MOST_BYTES) {
          kept.clear();
          return;
        }
        kept.put(one, new Kept(images, bytes));
      }
    }
    kept.forEach((one, k) -> sql.keep(one.work(), k.images()).forEach(session::execute));
  }

  private record Estimate(String kind, long bytes, long unwritable) {}

  /** About how many bytes a part will take; less than 0 where it can't be written. */
  private long bytes(TableDiff one, Images images) {
    TablePlan plan = one.plan();
    long bytes = plan.created() * BeforeSql.CREATED;
    if (plan.updated() + plan.deleted() > 0) {
      for (Estimate estimate :
          session
              .createQuery(sql.estimate(one.work(), images))
              .map((r, c) -> new Estimate(r.getString(1), r.getLong(2), r.getLong(3)))
              .list()) {
        if (estimate.unwritable() > 0) {
          return -1;
        }
        bytes += estimate.bytes() * (estimate.kind().equals("u") ? plan.updated() : plan.deleted());
      }
    }
    return bytes;
  }

  private static Images images(SyncTable table, String name) {
    Table definition = table.table();
    List<Column> key =
        definition.primaryKey().isEmpty()
            ? table.match()
            : definition.primaryKey().stream().map(definition::requiredColumn).toList();
    return new Images(
        table,
        name,
        key,
        table.written().stream().filter(c -> !table.keepsTarget(c)).toList(),
        definition.columns().stream().filter(c -> !c.generated()).toList());
  }

  /**
   * When all is written.
   *
   * @return whether the run can be undone: not where too much would have had to be kept
   */
  boolean write() {
    kept.forEach(this::write);
    return !kept.isEmpty();
  }

  private void write(TableDiff one, Kept k) {
    Images images = k.images();
    Table definition = one.table().table();
    About about = new About(names(images.key()), About.columns(definition), names(images.set()));
    int part = parts.begin(session, run, definition, about, k.bytes());
    long written = 0;
    for (String statement : sql.write(one.work(), images, part)) {
      written += session.execute(statement);
    }
    session.execute(sql.forget(images));
    TablePlan plan = one.plan();
    if (plan.created() > 0) {
      session.execute(sql.writeCreated(one.work(), images, part, plan.created()));
    }
    if (written != plan.updated() + plan.deleted()) {
      throw SyncException.failed(
          "Keeping the rows of %s as they were: of %d rows, %d were found"
              .formatted(plan.label(), plan.updated() + plan.deleted(), written),
          "Nothing was written. Run the command again.");
    }
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
