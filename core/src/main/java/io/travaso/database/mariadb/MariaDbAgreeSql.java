package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbDigests.UNKNOWN;
import static io.travaso.database.mariadb.MariaDbDigests.UNKNOWN_ROW;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.compared;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.mariadb.MariaDbDigests.Entry;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements that find which entries of the base become others with an agreement. */
final class MariaDbAgreeSql {
  /** A row whose value of some column is the target's, though the source has another. */
  private static final String KEPT = "d.kind = 'u' AND d.ways REGEXP '[tb]'";

  private final SyncTable table;
  private final @Nullable Base base;
  private final List<String> columns;
  private final boolean all;

  /**
   * Of a table and the columns that are digested.
   *
   * @param all whether every row gets an entry, as it does where there is no base
   */
  MariaDbAgreeSql(SyncTable table, @Nullable Base base, List<String> columns, boolean all) {
    this.table = table;
    this.base = base;
    this.columns = columns;
    this.all = all || base == null;
  }

  /** The beginning of a statement that makes a temporary table of entries. */
  static String create(String name) {
    return MariaDbStaged.create(
        name,
        List.of(
            "k varbinary(16) NOT NULL PRIMARY KEY",
            "digests blob NOT NULL",
            "fresh tinyint(1) NOT NULL"));
  }

  /**
   * The digests of a staged row.
   *
   * @param otherwise those of columns that are not staged, in hexadecimal digits
   */
  static Entry staged(SyncTable table, List<String> columns, Function<String, String> otherwise) {
    List<Column> staged =
        columns.stream().flatMap(name -> stagedColumn(table, name).stream()).toList();
    return new Entry(
        staged.size() < columns.size()
            ? UNKNOWN_ROW
            : MariaDbDigests.rowHex(staged, c -> stagedValue(table, c)),
        columns.stream().map(name -> stagedHex(table, name, otherwise)).toList());
  }

  private static String stagedHex(
      SyncTable table, String name, Function<String, String> otherwise) {
    return stagedColumn(table, name)
        .map(c -> MariaDbDigests.hex(c, stagedValue(table, c)))
        .orElseGet(() -> otherwise.apply(name));
  }

  /** The column of this name, if it is staged as the source has it. */
  private static Optional<Column> stagedColumn(SyncTable table, String name) {
    return table.written().stream()
        .filter(c -> c.name().equals(name) && !table.keepsTarget(c))
        .findFirst();
  }

  List<String> delta(String staging, @Nullable String merged, String delta) {
    String from = MariaDbRows.staged(staging);
    List<String> statements = new ArrayList<>();
    statements.add(
        create(delta)
            + " AS "
            + rows(
                MariaDbEntries.key(table, c -> stagedValue(table, c)),
                staged(table, columns, this::inBase),
                from,
                "TRUE"));
    if (merged != null) {
      String key = MariaDbEntries.diffKey(table);
      String insert = "INSERT INTO " + quote(delta) + " (k, digests, fresh) ";
      // By themselves: looking up every staged row among them would take as long as all the rest.
      statements.add(
          "DELETE e FROM %s STRAIGHT_JOIN %s AS e ON e.k = %s WHERE %s"
              .formatted(diff(merged), quote(delta), key, KEPT));
      statements.add(
          insert
              + rows(
                  key,
                  new Entry(keptRow(), columns.stream().map(this::kept).toList()),
                  "%s STRAIGHT_JOIN %s ON %s"
                      .formatted(diff(merged), from, diffMatchesStaged(table)),
                  KEPT));
      // What only the target deleted is still the source's.
      statements.add(
          insert
              + rows(
                  key,
                  new Entry(keptRow(), columns.stream().map(this::inMerged).toList()),
                  diff(merged),
                  "d.kind = 'k'"));
    }
    return statements;
  }

  /** Of the table's own rows, aliased t, that a condition is true of. */
  String changed(String condition) {
    List<Column> digested = columns.stream().map(table.table()::requiredColumn).toList();
    Entry entry =
        new Entry(
            MariaDbDigests.rowHex(digested, MariaDbRows::targetValue),
            digested.stream().map(c -> MariaDbDigests.hex(c, MariaDbRows.targetValue(c))).toList());
    return rows(
        MariaDbEntries.key(table, MariaDbRows::targetValue),
        entry,
        quote(table.id()) + " AS t",
        condition);
  }

  /** The rows that {@code condition} is true of and that have another entry, or none. */
  private String rows(String key, Entry entry, String from, String condition) {
    String query =
        "SELECT %s AS k, %s AS digests, %s AS fresh FROM %s%s WHERE %s"
            .formatted(
                key,
                entry.sql(),
                all ? "'1'" : "CASE WHEN b.k IS NULL THEN '1' ELSE '0' END",
                from,
                base == null ? "" : " LEFT JOIN " + MariaDbEntries.withKey(base, key),
                condition);
    return all ? query : query + " AND (b.k IS NULL OR " + entry.isOther() + ")";
  }

  /** Where the target's value stays, the base has the source's all the same. */
  private String kept(String name) {
    String staged = stagedHex(table, name, this::inBase);
    int place = compared(table).stream().map(Column::name).toList().indexOf(name) + 1;
    return place == 0
        ? staged
        : "CASE WHEN SUBSTRING(d.ways, %d, 1) IN ('t', 'b') THEN %s ELSE %s END"
            .formatted(place, inMerged(name), staged);
  }

  /** The source's row, as it was staged. */
  private String keptRow() {
    return base != null && base.columns().equals(columns)
        ? "HEX(" + MariaDbDigests.ofRow("d.digests") + ")"
        : UNKNOWN_ROW;
  }

  private String inBase(String name) {
    return base == null ? UNKNOWN : MariaDbDigests.hexIn(base, "b.digests", name);
  }

  private String inMerged(String name) {
    return base == null ? UNKNOWN : MariaDbDigests.hexIn(base, "d.digests", name);
  }
}
