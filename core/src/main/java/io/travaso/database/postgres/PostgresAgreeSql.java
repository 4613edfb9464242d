package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffMatchesStaged;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedValue;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that find what of the base becomes another with an agreement. */
final class PostgresAgreeSql {
  private final SyncTable table;
  private final @Nullable Base base;
  private final List<String> columns;

  PostgresAgreeSql(SyncTable table, @Nullable Base base, List<String> columns) {
    this.table = table;
    this.base = base;
    this.columns = columns;
  }

  String delta(String staging, @Nullable String merged, boolean all, String delta) {
    String key = PostgresDigests.key(table, c -> stagedValue(table, c));
    String rows =
        "SELECT %s AS k, %s AS digests, %s FROM %s%s%s"
            .formatted(
                key,
                array(columns.stream().map(c -> staged(c, merged != null)).toList()),
                old(),
                PostgresRows.staged(staging),
                entry(key),
                merged == null
                    ? ""
                    : " LEFT JOIN %s ON d.kind = 'u' AND %s"
                        .formatted(diff(merged), diffMatchesStaged(table)));
    if (merged != null) {
      rows += " UNION ALL " + stayDeleted(merged);
    }
    return "CREATE TEMPORARY TABLE %s AS %s".formatted(quote(delta), others(rows, all));
  }

  /** What only the target deleted is still the source's. */
  private String stayDeleted(String merged) {
    String key = PostgresDigests.key(table, this::diffKey);
    return "SELECT %s, %s, %s FROM %s%s WHERE d.kind = 'k'"
        .formatted(
            key,
            array(columns.stream().map(c -> inMerged(c)).toList()),
            old(),
            diff(merged),
            entry(key));
  }

  private String diffKey(Column column) {
    return "d.k" + table.match().indexOf(column);
  }

  /** Where the target's value stays, the base has the source's all the same. */
  private String staged(String column, boolean merged) {
    String digest =
        PostgresBaselineSql.stagedDigest(table, column)
            .orElse("coalesce(" + inBase(column) + ", 0)");
    int place = names().indexOf(column) + 1;
    return merged && place > 0
        ? "CASE substr(d.ways, %d, 1) WHEN 't' THEN %s WHEN 'b' THEN %s ELSE %s END"
            .formatted(place, inBase(column), inMerged(column), digest)
        : digest;
  }

  private List<String> names() {
    return PostgresRows.compared(table).stream().map(Column::name).toList();
  }

  private String inBase(String column) {
    return base == null ? "0" : PostgresDigests.inBase(base, column);
  }

  private String inMerged(String column) {
    int index = base == null ? -1 : base.columns().indexOf(column);
    return index < 0 ? "0" : "d.digests[" + (index + 1) + "]";
  }

  private static String array(List<String> digests) {
    return "ARRAY[" + String.join(", ", digests) + "]::bigint[]";
  }

  /** What the base has of a row. */
  private String old() {
    return base == null
        ? "NULL::bytea AS old_k, NULL::bigint[] AS old"
        : "b.k AS old_k, b.digests AS old";
  }

  private String entry(String key) {
    return base == null ? "" : " LEFT JOIN " + PostgresDigests.entry(base, key);
  }

  /** Without OFFSET the digests would be made a second time for the condition. */
  private static String others(String rows, boolean all) {
    return "SELECT k, digests, %s AS fresh FROM (SELECT * FROM (%s) AS made OFFSET 0) AS rows WHERE %s"
        .formatted(
            all ? "true" : "old_k IS NULL", rows, all ? "true" : "old_k IS NULL OR old <> digests");
  }

  String end(String staging, Base continued, @Nullable String merged, int number) {
    String target = "SELECT %s FROM %s AS t".formatted(targetKey(), relation(table.table()));
    String left =
        "SELECT b.k FROM %s AS b WHERE %s EXCEPT SELECT %s FROM %s"
            .formatted(
                PostgresLedgerSql.BASE,
                PostgresDigests.holds(continued),
                PostgresDigests.key(table, c -> stagedValue(table, c)),
                PostgresRows.staged(staging));
    if (merged != null) {
      String key = "SELECT %s FROM %s WHERE d.kind = ".formatted(mergedKey(), diff(merged));
      left += " EXCEPT " + key + "'k'";
      target = "(" + target + " EXCEPT " + key + "'z')";
    }
    return "UPDATE %s AS b SET valid_to = %d WHERE b.baseline = %d AND b.valid_to IS NULL AND b.k IN (%s EXCEPT %s)"
        .formatted(PostgresLedgerSql.BASE, number, continued.id(), left, target);
  }

  private String targetKey() {
    return PostgresDigests.key(table, PostgresRows::targetValue);
  }

  private String mergedKey() {
    return PostgresDigests.key(table, this::diffKey);
  }

  /**
   * Of the table's own rows, as COPY sends them.
   *
   * @param condition for the rows, aliased t, that are looked at
   */
  String changed(String condition) {
    List<String> digests =
        columns.stream()
            .map(name -> table.table().requiredColumn(name))
            .map(c -> PostgresDigests.of(c, PostgresRows.targetValue(c)))
            .toList();
    String rows =
        "SELECT %s AS k, %s AS digests, %s FROM %s AS t%s WHERE %s"
            .formatted(
                targetKey(),
                array(digests),
                old(),
                relation(table.table()),
                entry(targetKey()),
                condition);
    return others(rows, base == null || !base.columns().equals(columns));
  }

  String gone(Base continued) {
    return "SELECT b.k FROM %s AS b WHERE %s EXCEPT SELECT %s FROM %s AS t"
        .formatted(
            PostgresLedgerSql.BASE,
            PostgresDigests.holds(continued),
            targetKey(),
            relation(table.table()));
  }
}
