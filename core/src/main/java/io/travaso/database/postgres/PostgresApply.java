package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffMatchesStaged;
import static io.travaso.database.postgres.PostgresRows.diffMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.stagedValue;

import io.travaso.database.MergeSql.Work;
import io.travaso.database.MergeSql.Writes;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one statement that writes: first all deletes, then all updates, then all inserts, each a
 * data-modifying WITH query.
 *
 * <p>Foreign keys are checked when the whole statement ends, also those that are not deferrable, so
 * tables may reference each other in a circle and a row may go in the same breath as the last
 * reference to it. Unique values are checked row by row, so what is freed comes before what takes
 * it: the counts at the end are read in this order, and reading one runs its query to the end.
 *
 * <p>What has nothing to do is left out: an empty DELETE would need the right to, and fire triggers
 * that stand for the statement.
 */
final class PostgresApply {
  private static final String NOTHING = "0::bigint";

  private final List<Writes> writes;
  private final List<String> queries = new ArrayList<>();

  PostgresApply(List<Writes> writes) {
    this.writes = writes;
  }

  String statement() {
    List<String> counts = new ArrayList<>();
    for (Writes one : writes) {
      counts.add(one.deletes() ? query(delete(one.work())) : NOTHING);
    }
    for (Writes one : writes) {
      counts.add(one.updates() ? query(update(one.work())) : NOTHING);
    }
    for (Writes one : writes) {
      counts.add(one.inserts() ? query(insert(one.work())) : NOTHING);
    }
    return "WITH "
        + String.join(", ", queries)
        + " SELECT ARRAY["
        + String.join(", ", counts)
        + "]";
  }

  private String query(String body) {
    String name = "written" + queries.size();
    queries.add(name + " AS (" + body + " RETURNING 1)");
    return "(SELECT count(*) FROM " + name + ")";
  }

  private static String delete(Work one) {
    return "DELETE FROM "
        + relation(one.table().table())
        + " AS t USING "
        + diff(one.diff())
        + " WHERE d.kind = 'd' AND "
        + diffMatchesTarget(one.table());
  }

  private static String update(Work one) {
    SyncTable table = one.table();
    return "UPDATE "
        + relation(table.table())
        + " AS t SET "
        + PostgresDiffSql.updated(table).stream()
            .map(c -> quote(c.name()) + " = " + stagedValue(table, c))
            .collect(Collectors.joining(", "))
        + " FROM "
        + staged(one.staging())
        + " JOIN "
        + diff(one.diff())
        + " ON "
        + diffMatchesStaged(table)
        + " WHERE d.kind = 'u' AND "
        + stagedMatchesTarget(table);
  }

  private static String insert(Work one) {
    SyncTable table = one.table();
    List<String> columns = table.inserted().stream().map(Column::name).toList();
    return "INSERT INTO "
        + quote(table.id())
        + " ("
        + quote(columns)
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + table.inserted().stream()
            .map(c -> stagedValue(table, c))
            .collect(Collectors.joining(", "))
        + " FROM "
        + staged(one.staging())
        + " JOIN "
        + diff(one.diff())
        + " ON "
        + diffMatchesStaged(table)
        + " WHERE d.kind = 'c'";
  }
}
