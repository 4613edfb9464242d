package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.compared;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.keys;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValue;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.database.mariadb.MariaDbRows.Value;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The statements that tell what changed where since both sides agreed. */
final class MariaDbCompareSql {
  private final Work work;
  private final SyncTable table;
  private final Base base;
  private final String target;

  MariaDbCompareSql(Work work, Base base) {
    this.work = work;
    this.table = work.table();
    this.base = base;
    this.target = quote(table.id()) + " AS t";
  }

  List<String> statements(String merged, Deletes gone) {
    List<String> statements =
        new ArrayList<>(List.of(onBothSides(merged), deletedInTarget(merged)));
    if (!(gone instanceof Deletes.None)) {
      statements.add(goneInSource(merged, gone));
    }
    return statements;
  }

  /** Rows that the source alone changed are not listed: they become what is staged. */
  private String onBothSides(String merged) {
    List<String> definitions = new ArrayList<>();
    definitions.add("kind char(1) CHARACTER SET ascii COLLATE ascii_bin");
    definitions.add(
        "ways varchar(%d) CHARACTER SET ascii COLLATE ascii_bin"
            .formatted(Math.max(1, compared(table).size())));
    definitions.add("digests blob");
    definitions.add("seen bigint unsigned");
    String index = MariaDbStaged.index(table.match(), keyNames());
    if (!index.isEmpty()) {
      definitions.add(index);
    }
    // In SELECT as in HAVING: a table of its own in between would take longer.
    return """
    %s AS
    SELECT %s, 'u' AS kind, %s AS ways, %s AS digests, %s AS seen
      FROM %s STRAIGHT_JOIN %s ON %s STRAIGHT_JOIN %s ON %s LEFT JOIN %s
     WHERE d.kind = 'u' HAVING ways REGEXP '[^.s]'
    """
        .formatted(
            MariaDbStaged.create(merged, definitions),
            keys(table, this::staging),
            ways(),
            stagedDigests(),
            seen(Stream.concat(stagedValues(), targetValues())),
            diff(work.diff()),
            staged(work.staging()),
            diffMatchesStaged(table),
            target,
            stagedMatchesTarget(table),
            MariaDbEntries.withKey(base, MariaDbEntries.key(table, this::staging)));
  }

  private String deletedInTarget(String merged) {
    return """
    %s SELECT %s, CASE WHEN %s THEN 'k' ELSE 'x' END, '', %s, %s
      FROM %s STRAIGHT_JOIN %s ON %s STRAIGHT_JOIN %s
     WHERE d.kind = 'c'
    """
        .formatted(
            insert(merged),
            keys(table, this::staging),
            isAsInBase(this::staging),
            stagedDigests(),
            seen(stagedValues()),
            diff(work.diff()),
            staged(work.staging()),
            diffMatchesStaged(table),
            MariaDbEntries.withKey(base, MariaDbEntries.key(table, this::staging)));
  }

  private String goneInSource(String merged, Deletes gone) {
    return """
    %s SELECT %s, CASE WHEN %s THEN 'g' ELSE 'y' END, '', b.digests, %s
      FROM %s STRAIGHT_JOIN %s
     WHERE NOT EXISTS (SELECT 1 FROM %s WHERE %s)
    """
        .formatted(
            insert(merged),
            keys(table, MariaDbRows::targetValue),
            isAsInBase(MariaDbRows::targetValue),
            seen(targetValues()),
            MariaDbDiffSql.listed(table, gone),
            MariaDbEntries.withKey(base, MariaDbEntries.key(table, MariaDbRows::targetValue)),
            staged(work.staging()),
            stagedMatchesTarget(table));
  }

  private String insert(String merged) {
    return "INSERT INTO %s (%s, kind, ways, digests, seen)"
        .formatted(quote(merged), String.join(", ", keyNames()));
  }

  private List<String> keyNames() {
    return IntStream.range(0, table.match().size()).mapToObj(i -> "k" + i).toList();
  }

  private String staging(Column column) {
    return stagedValue(table, column);
  }

  private String ways() {
    List<Column> compared = compared(table);
    return compared.isEmpty()
        ? "''"
        : compared.stream().map(this::way).collect(Collectors.joining(", ", "CONCAT(", ")"));
  }

  /** Of a column that is new since, a value is more than none; two values are a conflict. */
  private String unknown(Column column) {
    return "CASE WHEN %s THEN 't' WHEN %s THEN 's' ELSE 'x' END"
        .formatted(MariaDbRows.isNull(staging(column)), MariaDbRows.isNull(targetValue(column)));
  }

  private String way(Column column) {
    return """
    CASE WHEN NOT (%s) THEN '.' WHEN b.k IS NULL THEN '+' WHEN %2$s = UNHEX(%3$s) THEN %6$s
         WHEN %4$s = %2$s THEN 's' WHEN %5$s = %2$s THEN 't' ELSE 'x' END\
    """
        .formatted(
            MariaDbRows.differs(table, column),
            MariaDbDigests.in(base, "b.digests", column.name()),
            MariaDbDigests.UNKNOWN,
            MariaDbDigests.of(column, targetValue(column)),
            MariaDbDigests.of(column, staging(column)),
            unknown(column));
  }

  private String isAsInBase(Function<Column, String> value) {
    String same =
        compared(table).stream()
            .filter(c -> base.columns().contains(c.name()))
            .map(
                c ->
                    "%s IN (UNHEX(%s), %s)"
                        .formatted(
                            MariaDbDigests.in(base, "b.digests", c.name()),
                            MariaDbDigests.UNKNOWN,
                            MariaDbDigests.of(c, value.apply(c))))
            .collect(Collectors.joining(" AND "));
    return same.isEmpty() ? "TRUE" : same;
  }

  private String stagedDigests() {
    return MariaDbAgreeSql.staged(
            table, base.columns(), name -> MariaDbDigests.hexIn(base, "b.digests", name))
        .sql();
  }

  private Stream<Value> stagedValues() {
    return compared(table).stream().map(c -> new Value(c, staging(c)));
  }

  private Stream<Value> targetValues() {
    return compared(table).stream().map(c -> new Value(c, targetValue(c)));
  }

  private static String seen(Stream<Value> values) {
    List<Value> all = values.toList();
    return all.isEmpty() ? "0" : MariaDbRows.digest(all);
  }
}
