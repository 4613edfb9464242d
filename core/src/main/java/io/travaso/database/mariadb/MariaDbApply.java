package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;

import io.travaso.database.MergeSql.Work;
import io.travaso.database.MergeSql.Writes;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Writes what diffs say: first all deletes, then all updates, then all inserts, so that what is
 * freed comes before what takes it. Rows are found by their key, never by another unique one: ON
 * DUPLICATE KEY UPDATE and REPLACE would take any.
 *
 * <p>InnoDB checks foreign keys row by row. Where they hold only when all is written they are
 * checked by us, then: see {@link MariaDbOrphans}.
 */
final class MariaDbApply {
  private final Handle session;
  private final List<Writes> writes;
  private final MariaDbOrphans orphans;

  MariaDbApply(Handle session, Catalog catalog, List<Writes> writes) {
    this.session = session;
    this.writes = writes;
    this.orphans = new MariaDbOrphans(session, catalog, writes);
  }

  List<Long> write() {
    if (!orphans.mayBe()) {
      return statements();
    }
    orphans.remember();
    session.execute("SET foreign_key_checks = 0");
    List<Long> written;
    try {
      written = statements();
    } finally {
      session.execute("SET foreign_key_checks = 1");
    }
    orphans.refuse();
    return written;
  }

  private List<Long> statements() {
    List<Long> counts = new ArrayList<>();
    writes.forEach(one -> counts.add(count(one.deletes(), one, MariaDbApply::delete)));
    writes.forEach(one -> counts.add(count(one.updates(), one, MariaDbApply::update)));
    writes.forEach(one -> counts.add(count(one.inserts(), one, MariaDbApply::insert)));
    return counts;
  }

  /** What has nothing to do is left out: it would need the right to. */
  private long count(boolean any, Writes one, Function<Work, String> statement) {
    return any ? session.execute(statement.apply(one.work())) : 0;
  }

  private static String delete(Work one) {
    return "DELETE t FROM "
        + diff(one.diff())
        + " STRAIGHT_JOIN "
        + quote(one.table().id())
        + " AS t ON "
        + diffMatchesTarget(one.table())
        + " WHERE d.kind = 'd'";
  }

  private static String update(Work one) {
    SyncTable table = one.table();
    return "UPDATE "
        + diff(one.diff())
        + " STRAIGHT_JOIN "
        + staged(one.staging())
        + " ON "
        + diffMatchesStaged(table)
        + " STRAIGHT_JOIN "
        + quote(table.id())
        + " AS t ON "
        + stagedMatchesTarget(table)
        + " SET "
        + Stream.concat(
                MariaDbDiffSql.updated(table).stream()
                    .map(c -> "t." + quote(c.name()) + " = " + stagedValue(table, c)),
                table.written().stream().filter(table::keepsTarget).map(MariaDbApply::kept))
            .collect(Collectors.joining(", "))
        + " WHERE d.kind = 'u'";
  }

  /** A column that is set is not set to the present by the server, as ON UPDATE has it. */
  private static String kept(Column column) {
    return "t." + quote(column.name()) + " = t." + quote(column.name());
  }

  private static String insert(Work one) {
    SyncTable table = one.table();
    return "INSERT INTO "
        + quote(table.id())
        + " ("
        + quote(table.inserted().stream().map(Column::name).toList())
        + ") SELECT "
        + table.inserted().stream()
            .map(c -> stagedValue(table, c))
            .collect(Collectors.joining(", "))
        + " FROM "
        + diff(one.diff())
        + " STRAIGHT_JOIN "
        + staged(one.staging())
        + " ON "
        + diffMatchesStaged(table)
        + " WHERE d.kind = 'c'";
  }
}
