package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.equal;
import static io.travaso.database.mariadb.MariaDbRows.isNotNull;
import static io.travaso.database.mariadb.MariaDbRows.keyText;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedKeyText;
import static io.travaso.database.mariadb.MariaDbRows.stagedMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;

import io.travaso.database.MergeSql.Change;
import io.travaso.database.MergeSql.Parent;
import io.travaso.database.MergeSql.Work;
import io.travaso.database.mariadb.MariaDbRows.Value;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The queries that follow foreign keys: from the rows to be written, and to those that change. */
final class MariaDbReachSql {
  private MariaDbReachSql() {}

  static String missingParents(Work child, ForeignKey key, Parent parent, int limit) {
    SyncTable table = child.table();
    List<Column> columns = key.columns().stream().map(table.table()::requiredColumn).toList();
    StringBuilder query = new StringBuilder("SELECT " + stagedKeyText(table) + " FROM ");
    query.append(diff(child.diff()));
    query.append(" STRAIGHT_JOIN ").append(staged(child.staging())).append(" ON ");
    query.append(diffMatchesStaged(table)).append(" WHERE d.kind IN ('c', 'u')");
    columns.forEach(c -> query.append(" AND ").append(isNotNull(stagedValue(table, c))));
    if (parent.targetCounts()) {
      query.append(
          absent(
              quote(parent.table().id()),
              pairs(columns, i -> "p." + quote(key.targetColumns().get(i)), table)
                  + notDeleted(parent)));
    }
    Work staged = parent.staged();
    if (staged != null) {
      Table definition = parent.table();
      query.append(
          absent(
              quote(staged.staging()),
              pairs(
                  columns,
                  i ->
                      "p."
                          + staged
                              .table()
                              .stagingName(definition.requiredColumn(key.targetColumns().get(i))),
                  table)));
    }
    return query.append(" LIMIT ").append(limit).toString();
  }

  /** A row that the target has and that is to be deleted does not count. */
  private static String notDeleted(Parent parent) {
    Work merged = parent.staged();
    return merged == null || !parent.someDeleted()
        ? ""
        : " AND NOT EXISTS (SELECT 1 FROM "
            + quote(merged.diff())
            + " AS g WHERE g.kind = 'd' AND "
            + MariaDbRows.diffMatches(merged.table(), "g", c -> "p." + quote(c.name()))
            + ")";
  }

  private static String absent(String relation, String equal) {
    return " AND NOT EXISTS (SELECT 1 FROM " + relation + " AS p WHERE " + equal + ")";
  }

  private static String pairs(List<Column> columns, IntFunction<String> parent, SyncTable table) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> equal(columns.get(i), parent.apply(i), stagedValue(table, columns.get(i))))
        .collect(Collectors.joining(" AND "));
  }

  /**
   * Whether a referenced value becomes another. Where the database would carry it over to the
   * referencing row, another text is enough.
   */
  private static String moved(ForeignKey key, SyncTable table, Column column) {
    return key.acts()
        ? MariaDbRows.differs(table, column)
        : "NOT (" + MariaDbRows.targetValue(column) + " <=> " + stagedValue(table, column) + ")";
  }

  static String referencedFromOutside(
      Work changed, Change change, ForeignKey key, Table outside, int limit) {
    return referenced(changed, moving(changed, change, key), key, outside, limit);
  }

  /** Rows that are written reference what {@link #missingParents} looks for. */
  static String referencedFromKept(Work deleted, ForeignKey key, Work kept, int limit) {
    String unwritten =
        " WHERE d.kind = 'd' AND NOT EXISTS (SELECT 1 FROM "
            + quote(kept.diff())
            + " AS g WHERE "
            + MariaDbRows.diffMatches(kept.table(), "g", c -> "o." + quote(c.name()))
            + ")";
    return referenced(deleted, unwritten, key, kept.table().table(), limit);
  }

  private static String moving(Work changed, Change change, ForeignKey key) {
    SyncTable table = changed.table();
    return switch (change) {
      case DELETED -> " WHERE d.kind = 'd'";
      case KEY_MOVED ->
          " JOIN "
              + staged(changed.staging())
              + " ON "
              + stagedMatchesTarget(table)
              + " WHERE d.kind = 'u' AND ("
              + key.targetColumns().stream()
                  .map(table.table()::requiredColumn)
                  .map(c -> moved(key, table, c))
                  .collect(Collectors.joining(" OR "))
              + ")";
    };
  }

  private static String referenced(
      Work changed, String moved, ForeignKey key, Table outside, int limit) {
    SyncTable table = changed.table();
    List<Column> columns = key.columns().stream().map(outside::requiredColumn).toList();
    String equal =
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    equal(
                        columns.get(i),
                        "o." + quote(columns.get(i).name()),
                        "t." + quote(key.targetColumns().get(i))))
            .collect(Collectors.joining(" AND "));
    return "SELECT "
        + keyText(key(outside, key, "o"))
        + " FROM "
        + diff(changed.diff())
        + " STRAIGHT_JOIN "
        + quote(table.id())
        + " AS t ON "
        + diffMatchesTarget(table)
        + " JOIN "
        + quote(outside.id())
        + " AS o ON "
        + equal
        + moved
        + " LIMIT "
        + limit;
  }

  /** What a referencing row is known by: its primary key, or else the key itself. */
  static List<Value> key(Table table, ForeignKey key, String alias) {
    List<String> shown = table.primaryKey().isEmpty() ? key.columns() : table.primaryKey();
    return shown.stream()
        .map(c -> new Value(table.requiredColumn(c), alias + "." + quote(c)))
        .toList();
  }
}
