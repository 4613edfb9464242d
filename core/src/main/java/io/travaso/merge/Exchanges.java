package io.travaso.merge;

import io.travaso.database.Aside;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Movable;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Unique values that one updated row hands to another. The database checks row by row, in an order
 * of its own, so whoever holds a value that another takes steps aside first: one statement a
 * constraint, however long the chain of rows. Only the columns it takes are touched, none that a
 * foreign key hangs on.
 */
final class Exchanges {
  private static final int LISTED = 1000;

  private final Handle session;
  private final MergeSql sql;
  private final Catalog catalog;
  private final List<Exchange> exchanges = new ArrayList<>();

  Exchanges(Handle session, MergeSql sql, Catalog catalog) {
    this.session = session;
    this.sql = sql;
    this.catalog = catalog;
  }

  private record Exchange(SyncTable table, Exclusion exclusion, Aside aside) {}

  /** Looks how the rows of a table can exchange what they hold; those that can't are problems. */
  void find(TableDiff one, Exclusion exclusion, List<String> problems) {
    if (exclusion.deferrable() || one.plan().updated() < 2 || !sql.mayMove(one.work(), exclusion)) {
      return;
    }
    List<String> contested =
        session
            .createQuery(sql.contested(one.work(), exclusion, LISTED))
            .map(
                (r, c) ->
                    "%s %s: row %s takes its %s, and nothing can stand there meanwhile (%s)"
                        .formatted(
                            one.plan().label(),
                            r.getString(1),
                            r.getString(2),
                            UniqueValues.what(exclusion),
                            exclusion.name()))
            .list();
    if (!contested.isEmpty()) {
      Movable movable = movable(one.table());
      sql.asides(one.work(), exclusion, movable).stream()
          .filter(way -> isAllowed(one, exclusion, way))
          .findFirst()
          .ifPresentOrElse(
              way -> exchanges.add(new Exchange(one.table(), exclusion, way)),
              () -> problems.addAll(contested));
    }
  }

  private boolean isAllowed(TableDiff one, Exclusion exclusion, Aside way) {
    return session.createQuery(sql.fits(one.work(), exclusion, way)).mapTo(Boolean.class).one();
  }

  private Movable movable(SyncTable table) {
    Set<String> toNull = new HashSet<>();
    table.table().columns().stream().map(Column::name).forEach(toNull::add);
    toNull.removeAll(table.table().constraints().partitionedBy());
    catalog.referencing(table.id()).forEach(key -> toNull.removeAll(key.targetColumns()));
    Set<String> anywhere = new HashSet<>(toNull);
    for (ForeignKey key : table.table().foreignKeys()) {
      anywhere.removeAll(key.columns());
      if (!key.isSimple()) {
        // One that is MATCH FULL takes all NULL or none.
        toNull.removeAll(key.columns());
      }
    }
    return new Movable(anywhere, toNull);
  }

  /** Lets whoever is in another's way step aside, as it was found when the merge was planned. */
  void stepAside(List<TableDiff> diffs) {
    for (Exchange exchange : exchanges) {
      diffs.stream()
          .filter(d -> d.table().equals(exchange.table()))
          .forEach(
              d ->
                  session.execute(sql.stepAside(d.work(), exchange.exclusion(), exchange.aside())));
    }
  }
}
