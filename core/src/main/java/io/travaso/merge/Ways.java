package io.travaso.merge;

import io.travaso.database.BaselineSql;
import io.travaso.merge.Conflict.Kind;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.merge.WayCounts.OfKind;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** What changed where in the rows of one table: {@link BaselineSql} says how it is written down. */
final class Ways {
  /** How many rows in conflict are listed of a table. */
  private static final int LISTED = 10_000;

  /** How many rows somebody may have decided about. */
  private static final int DECIDED = 1_000_000;

  private static final int CHARACTERS = 200;

  /** How many columns say what a row that is new on both sides is. */
  private static final int SHOWN = 3;

  private static final String OPEN =
      "d.kind IN ('x', 'y') OR (d.kind = 'u' AND (d.ways LIKE '%x%' OR d.ways LIKE '%+%'))";

  private static final List<String> LETTERS = List.of("x", "s", "t", "a", "b", "+");

  private final Handle session;
  private final BaselineSql baseline;
  private final TableDiff diff;
  private final SyncTable table;
  private final String merged;
  private final List<Column> compared;

  Ways(Handle session, BaselineSql baseline, TableDiff diff, String merged) {
    this.session = session;
    this.baseline = baseline;
    this.diff = diff;
    this.table = diff.table();
    this.merged = merged;
    this.compared = baseline.compared(table);
  }

  /** How many rows there are of which kind. */
  List<OfKind> classes() {
    List<String> letters = new ArrayList<>();
    for (String letter : LETTERS) {
      letters.add("CASE WHEN d.ways LIKE '%%%1$s%%' THEN '%1$s' ELSE '' END".formatted(letter));
    }
    return session
        .createQuery(
            "SELECT d.kind, CONCAT(%s) AS letters, COUNT(*) FROM %s AS d GROUP BY 1, 2"
                .formatted(String.join(", ", letters), name()))
        .map((r, c) -> new OfKind(r.getString(1), r.getString(2), r.getLong(3)))
        .list();
  }

  private String name() {
    return baseline.temporary(merged);
  }

  /** Whether the database draws the table's keys, so that two rows may get one by chance. */
  boolean isCollidable() {
    return table.match().size() == 1
        && (table.match().get(0).sequence() != null || table.match().get(0).identityAlways());
  }

  /** A key with a meaning says that two new rows are one. */
  void takeNewForChanged() {
    update("ways = REPLACE(ways, '+', 'x')", "kind = 'u'");
  }

  void takeWholeRows() {
    update(
        "ways = REPLACE(REPLACE(ways, 's', 'x'), 't', 'x')",
        "kind = 'u' AND (ways LIKE '%x%' OR (ways LIKE '%s%' AND ways LIKE '%t%'))");
  }

  void propagateDeletes() {
    update("kind = 'd'", "kind = 'g'");
  }

  void keepDeleted() {
    update("kind = 'g'", "kind = 'y'");
  }

  void takeSource() {
    update("ways = REPLACE(ways, 'x', 'a')", "kind = 'u'");
    update("kind = 'c'", "kind = 'x'");
    update("kind = 'd'", "kind = 'y'");
  }

  void keepTarget() {
    update("ways = REPLACE(ways, 'x', 'b')", "kind = 'u'");
    update("kind = 'k'", "kind = 'x'");
    update("kind = 'z'", "kind = 'y'");
  }

  void newest(Column by, boolean itself) {
    baseline.newest(diff.work(), merged, by, /* itself= */ true).forEach(session::execute);
    if (!itself) {
      baseline.newest(diff.work(), merged, by, /* itself= */ false).forEach(session::execute);
    }
  }

  private void update(String set, String where) {
    session.execute("UPDATE " + name() + " SET " + set + " WHERE " + where);
  }

  /**
   * A row as it was found.
   *
   * @param ways a letter a compared column
   * @param values of each compared column the source's and the target's
   */
  record Row(String key, String kind, String ways, String seen, List<@Nullable String> values) {}

  /** The keys of the rows that are so. */
  List<String> keys(String condition, int limit) {
    return limit <= 0 ? List.of() : rows(condition, limit).stream().map(Row::key).toList();
  }

  /** The rows that nothing decides about yet. */
  List<Row> open() {
    return rows(OPEN, DECIDED);
  }

  /** Sets what somebody decided. */
  void set(List<Row> decided) {
    if (decided.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        session.prepareBatch(
            "UPDATE %s AS d SET kind = :kind, ways = :ways WHERE %s = :key AND CONCAT(d.seen, '') = :seen"
                .formatted(name(), baseline.keyText(table)))) {
      // What is bound to a batch is bound too late for who looks whether anything is.
      batch.configure(SqlStatements.class, s -> s.setSqlParser(new ColonPrefixSqlParser()));
      decided.forEach(
          row ->
              batch
                  .bind("kind", row.kind())
                  .bind("ways", row.ways())
                  .bind("key", row.key())
                  .bind("seen", row.seen())
                  .add());
      batch.execute();
    }
  }

  /** What is open, by row and column. */
  List<Conflict> conflicts() {
    return rows(OPEN, LISTED).stream().flatMap(row -> conflicts(row).stream()).toList();
  }

  /** A row's conflicts; its keys are the decisions' too. */
  List<Conflict> conflicts(Row row) {
    List<Conflict> conflicts = new ArrayList<>();
    switch (row.kind()) {
      case "x" -> conflicts.add(conflict(row, Kind.DELETED_IN_TARGET, null, null, null));
      case "y" -> conflicts.add(conflict(row, Kind.DELETED_IN_SOURCE, null, null, null));
      default -> {
        if (row.ways().indexOf('+') >= 0) {
          conflicts.add(conflict(row, Kind.NEW_ON_BOTH, null, shown(row, 0), shown(row, 1)));
        }
        for (int i = 0; i < compared.size(); i++) {
          if (row.ways().charAt(i) == 'x') {
            conflicts.add(
                conflict(
                    row,
                    Kind.CHANGED_ON_BOTH,
                    compared.get(i).name(),
                    row.values().get(2 * i),
                    row.values().get(2 * i + 1)));
          }
        }
      }
    }
    return conflicts;
  }

  /** The first of the columns in which two new rows are not the same. */
  private String shown(Row row, int side) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < compared.size() && values.size() < SHOWN; i++) {
      String value = row.values().get(2 * i + side);
      if (row.ways().charAt(i) == '+') {
        values.add(compared.get(i).name() + ": " + (value == null ? "NULL" : value));
      }
    }
    return String.join(", ", values);
  }

  /** The place of a column among the ways; -1 where there is none of that name. */
  int place(String column) {
    return compared.stream().map(Column::name).toList().indexOf(column);
  }

  private Conflict conflict(
      Row row,
      Kind kind,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {
    return new Conflict(
        table.id().toString(), table.label(), row.key(), kind, column, source, target, row.seen());
  }

  private List<Row> rows(String condition, int limit) {
    return session
        .createQuery(baseline.conflicts(diff.work(), merged, condition, CHARACTERS, limit))
        .map((r, c) -> row(r))
        .list();
  }

  private Row row(ResultSet r) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < 2 * compared.size(); i++) {
      values.add(r.getString(5 + i));
    }
    return new Row(r.getString(1), r.getString(2), r.getString(3), r.getString(4), values);
  }
}
