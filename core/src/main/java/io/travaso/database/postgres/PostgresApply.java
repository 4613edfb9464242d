package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresMergeSql.diffMatchesStaged;
import static io.travaso.database.postgres.PostgresMergeSql.diffMatchesTarget;
import static io.travaso.database.postgres.PostgresMergeSql.keysEqual;
import static io.travaso.database.postgres.PostgresMergeSql.temp;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.MergeSql.Work;
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
 */
final class PostgresApply {
  private final PostgresMergeSql sql;
  private final List<Work> work;
  private final List<String> queries = new ArrayList<>();

  PostgresApply(PostgresMergeSql sql, List<Work> work) {
    this.sql = sql;
    this.work = work;
  }

  String statement() {
    List<String> deleted = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    List<String> inserted = new ArrayList<>();
    for (int i = 0; i < work.size(); i++) {
      deleted.add(query("deleted" + i, delete(work.get(i))));
    }
    for (int i = 0; i < work.size(); i++) {
      Work one = work.get(i);
      updated.add(
          sql.updated(one.table()).isEmpty() ? "0::bigint" : query("updated" + i, update(one)));
    }
    for (int i = 0; i < work.size(); i++) {
      inserted.add(query("inserted" + i, insert(work.get(i))));
    }
    List<String> counts = new ArrayList<>(deleted);
    counts.addAll(updated);
    counts.addAll(inserted);
    return "WITH "
        + String.join(", ", queries)
        + " SELECT ARRAY["
        + String.join(", ", counts)
        + "]";
  }

  private String query(String name, String body) {
    queries.add(name + " AS (" + body + " RETURNING 1)");
    return "(SELECT count(*) FROM " + name + ")";
  }

  private static String delete(Work one) {
    return "DELETE FROM "
        + relation(one.table().table())
        + " AS t USING pg_temp."
        + one.diff()
        + " AS d WHERE d.kind = 'd' AND "
        + diffMatchesTarget(one.table());
  }

  private String update(Work one) {
    SyncTable table = one.table();
    return "UPDATE "
        + relation(table.table())
        + " AS t SET "
        + sql.updated(table).stream()
            .map(c -> quote(c.name()) + " = s." + table.stagingName(c))
            .collect(Collectors.joining(", "))
        + " FROM "
        + temp(one.staging())
        + " JOIN pg_temp."
        + one.diff()
        + " AS d ON "
        + diffMatchesStaged(table)
        + " WHERE d.kind = 'u' AND "
        + keysEqual(table);
  }

  private static String insert(Work one) {
    SyncTable table = one.table();
    List<String> columns = table.written().stream().map(Column::name).toList();
    return "INSERT INTO "
        + quote(table.id())
        + " ("
        + quote(columns)
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + table.written().stream()
            .map(c -> "s." + table.stagingName(c))
            .collect(Collectors.joining(", "))
        + " FROM "
        + temp(one.staging())
        + " JOIN pg_temp."
        + one.diff()
        + " AS d ON "
        + diffMatchesStaged(table)
        + " WHERE d.kind = 'c'";
  }
}
