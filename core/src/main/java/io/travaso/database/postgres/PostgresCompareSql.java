package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.compared;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffMatchesStaged;
import static io.travaso.database.postgres.PostgresRows.differs;
import static io.travaso.database.postgres.PostgresRows.keys;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.stagedValue;
import static io.travaso.database.postgres.PostgresRows.targetValue;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statement that tells what changed where since both sides agreed. */
final class PostgresCompareSql {
  private final Work work;
  private final SyncTable table;
  private final Base base;
  private final String target;

  PostgresCompareSql(Work work, Base base) {
    this.work = work;
    this.table = work.table();
    this.base = base;
    this.target = relation(table.table()) + " AS t";
  }

  String statement(String merged, Deletes gone) {
    return "CREATE TEMPORARY TABLE "
        + quote(merged)
        + " AS "
        + onBothSides()
        + " UNION ALL "
        + deletedInTarget()
        + (gone instanceof Deletes.None ? "" : " UNION ALL " + goneInSource(gone));
  }

  /** Rows that the source alone changed are not listed: they become what is staged. */
  private String onBothSides() {
    return """
    SELECT * FROM (
      SELECT %s, 'u'::"char" AS kind, %s AS ways, %s AS digests, %s AS seen
        FROM %s JOIN %s ON %s JOIN %s ON %s
        LEFT JOIN %s
       WHERE d.kind = 'u') AS both_sides
     WHERE ways ~ '[^.s]'
    """
        .formatted(
            diffKeys(),
            ways(),
            stagedDigests(),
            seen(c -> targetValue(c)),
            diff(work.diff()),
            staged(work.staging()),
            diffMatchesStaged(table),
            target,
            stagedMatchesTarget(table),
            PostgresDigests.entry(base, PostgresDigests.key(table, this::stagedKey)));
  }

  private String deletedInTarget() {
    return """
    SELECT %s, CASE WHEN %s THEN 'k' ELSE 'x' END::"char", '', %s, %s
      FROM %s JOIN %s ON %s JOIN %s
     WHERE d.kind = 'c'
    """
        .formatted(
            diffKeys(),
            isAsInBase(this::stagedKey),
            stagedDigests(),
            seen(c -> "NULL"),
            diff(work.diff()),
            staged(work.staging()),
            diffMatchesStaged(table),
            PostgresDigests.entry(base, PostgresDigests.key(table, this::stagedKey)));
  }

  private String goneInSource(Deletes gone) {
    return """
    SELECT %s, CASE WHEN %s THEN 'g' ELSE 'y' END::"char", '', b.digests, %s
      FROM %s JOIN %s
     WHERE NOT EXISTS (SELECT FROM %s WHERE %s)%s
    """
        .formatted(
            keys(table, PostgresRows::targetValue),
            isAsInBase(PostgresRows::targetValue),
            hash(compared(table).stream().map(c -> targetValue(c)).toList()),
            target,
            PostgresDigests.entry(base, PostgresDigests.key(table, PostgresRows::targetValue)),
            staged(work.staging()),
            stagedMatchesTarget(table),
            PostgresDiffSql.listed(table, gone));
  }

  private String stagedKey(Column column) {
    return stagedValue(table, column);
  }

  private String diffKeys() {
    return IntStream.range(0, table.match().size())
        .mapToObj(i -> "d.k" + i)
        .collect(Collectors.joining(", "));
  }

  private String ways() {
    List<Column> compared = compared(table);
    return compared.isEmpty()
        ? "''"
        // concat() takes no more than a hundred arguments.
        : compared.stream().map(this::way).collect(Collectors.joining(" || "));
  }

  private String way(Column column) {
    String agreed = PostgresDigests.inBase(base, column.name());
    return """
    CASE WHEN NOT (%s) THEN '.' WHEN b.k IS NULL THEN '+' WHEN %2$s = 0 THEN %5$s
         WHEN %3$s = %2$s THEN 's' WHEN %4$s = %2$s THEN 't' ELSE 'x' END\
    """
        .formatted(
            differs(table, column),
            agreed,
            PostgresDigests.of(column, targetValue(column)),
            PostgresDigests.of(column, stagedKey(column)),
            unknown(column));
  }

  /** Of a column that is new since, a value is more than none; two values are a conflict. */
  private String unknown(Column column) {
    return "CASE WHEN %s THEN 't' WHEN %s THEN 's' ELSE 'x' END"
        .formatted(
            PostgresRows.isNull(stagedKey(column)), PostgresRows.isNull(targetValue(column)));
  }

  private String isAsInBase(Function<Column, String> value) {
    return compared(table).stream()
        .filter(c -> base.columns().contains(c.name()))
        .map(
            c ->
                "%1$s IN (0, %2$s)"
                    .formatted(
                        PostgresDigests.inBase(base, c.name()),
                        PostgresDigests.of(c, value.apply(c))))
        .collect(Collectors.collectingAndThen(Collectors.toList(), PostgresCompareSql::all));
  }

  private static String all(List<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  /** In the order of the base; of columns that are not staged the base's own. */
  private String stagedDigests() {
    return base.columns().stream()
        .map(name -> PostgresBaselineSql.stagedDigest(table, name).orElse(inBaseOrUnknown(name)))
        .collect(Collectors.joining(", ", "ARRAY[", "]::bigint[]"));
  }

  private String inBaseOrUnknown(String name) {
    return "coalesce(" + PostgresDigests.inBase(base, name) + ", 0)";
  }

  private String seen(Function<Column, String> targetValue) {
    List<String> values =
        compared(table).stream()
            .flatMap(c -> List.of(stagedKey(c), targetValue.apply(c)).stream())
            .toList();
    return hash(values);
  }

  private static String hash(List<String> values) {
    return "hashtextextended(ROW(" + String.join(", ", values) + ")::text COLLATE \"C\", 0)";
  }
}
