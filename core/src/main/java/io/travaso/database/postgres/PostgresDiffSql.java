package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffKeyText;
import static io.travaso.database.postgres.PostgresRows.diffMatchesStaged;
import static io.travaso.database.postgres.PostgresRows.diffMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.differs;
import static io.travaso.database.postgres.PostgresRows.keys;
import static io.travaso.database.postgres.PostgresRows.missingInTarget;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.stagedValue;

import io.travaso.database.MergeSql.Deletes;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that take the diff of a table, and look whether it was applied. */
final class PostgresDiffSql {
  /** A row of the target as it was seen. */
  static final String DIGEST = "hashtextextended(ROW(t.*)::text COLLATE \"C\", 0)";

  private final SyncTable table;
  private final String target;

  PostgresDiffSql(SyncTable table) {
    this.table = table;
    this.target = relation(table.table()) + " AS t";
  }

  String createdAndUpdated(String staging, String diff) {
    return """
    CREATE TEMPORARY TABLE %1$s AS
    SELECT %2$s, CASE WHEN %3$s THEN 'c' ELSE 'u' END AS kind,
           CASE WHEN %3$s THEN 0 ELSE %4$s END AS digest
      FROM %5$s LEFT JOIN %6$s ON %7$s
     WHERE %3$s OR %8$s
    """
        .formatted(
            quote(diff),
            keys(table, column -> stagedValue(table, column)),
            missingInTarget(table),
            DIGEST,
            staged(staging),
            target,
            stagedMatchesTarget(table),
            differs(table));
  }

  String deleted(String staging, String diff, Deletes deletes) {
    return """
    INSERT INTO pg_temp.%1$s
    SELECT %2$s, 'd', %3$s FROM %4$s
     WHERE NOT EXISTS (SELECT FROM %5$s WHERE %6$s)%7$s
    """
        .formatted(
            quote(diff),
            keys(table, PostgresRows::targetValue),
            DIGEST,
            target,
            staged(staging),
            stagedMatchesTarget(table),
            listed(table, deletes));
  }

  /** Where only rows are meant that a list has. */
  static String listed(SyncTable table, Deletes deletes) {
    return deletes instanceof Deletes.Listed list
        ? " AND EXISTS (SELECT FROM %s WHERE %s)"
            .formatted(diff(list.table()), diffMatchesTarget(table))
        : "";
  }

  String summary(String diff) {
    // A sum, not XOR: equal pairs must not cancel each other.
    String keys =
        IntStream.range(0, table.match().size())
            .mapToObj(i -> "d.k" + i)
            .collect(Collectors.joining(", "));
    return """
    SELECT kind, count(*), sum(hashtextextended(ROW(%s)::text COLLATE "C", digest))::text
      FROM %s GROUP BY kind
    """
        .formatted(keys, diff(diff));
  }

  /** Over the columns that are written: what is ignored may change. */
  String digestOfOthers(String diff) {
    List<Column> columns = new ArrayList<>(table.match());
    PostgresRows.compared(table).stream().filter(c -> !columns.contains(c)).forEach(columns::add);
    return """
    SELECT coalesce(sum(hashtextextended(ROW(%s)::text COLLATE "C", 0)), 0)::text FROM %s
     WHERE NOT EXISTS (SELECT FROM %s WHERE %s)
    """
        .formatted(
            columns.stream().map(PostgresRows::targetValue).collect(Collectors.joining(", ")),
            target,
            diff(diff),
            diffMatchesTarget(table));
  }

  /** The columns an update sets. */
  static List<Column> updated(SyncTable table) {
    return PostgresRows.compared(table).stream().filter(c -> !c.identityAlways()).toList();
  }

  String unchangeable(Column column, String staging, String diff, int limit) {
    return """
    SELECT %s FROM %s JOIN %s ON %s JOIN %s ON %s WHERE d.kind = 'u' AND %s LIMIT %d
    """
        .formatted(
            diffKeyText(table),
            diff(diff),
            staged(staging),
            diffMatchesStaged(table),
            target,
            stagedMatchesTarget(table),
            differs(table, column),
            limit);
  }

  String unequal(String staging, String diff, int limit) {
    return """
    SELECT %1$s FROM %2$s JOIN %3$s ON %4$s LEFT JOIN %5$s ON %6$s
     WHERE d.kind IN ('c', 'u') AND (%7$s OR %8$s)
    UNION ALL
    SELECT %1$s FROM %2$s WHERE d.kind = 'd' AND EXISTS (SELECT FROM %5$s WHERE %9$s)
    LIMIT %10$d
    """
        .formatted(
            diffKeyText(table),
            diff(diff),
            staged(staging),
            diffMatchesStaged(table),
            target,
            stagedMatchesTarget(table),
            missingInTarget(table),
            differs(table),
            diffMatchesTarget(table),
            limit);
  }
}
