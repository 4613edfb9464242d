package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffKeyText;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.differs;
import static io.travaso.database.mariadb.MariaDbRows.digest;
import static io.travaso.database.mariadb.MariaDbRows.keys;
import static io.travaso.database.mariadb.MariaDbRows.missingInTarget;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValues;

import io.travaso.database.MergeSql.Deletes;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The statements that take the diff of a table, and look whether it was applied. */
final class MariaDbDiffSql {
  private final SyncTable table;
  private final String target;

  MariaDbDiffSql(SyncTable table) {
    this.table = table;
    this.target = quote(table.id()) + " AS t";
  }

  /** Of the whole row of the target as it was seen. */
  private String seen() {
    return digest(targetValues(table.table().columns()));
  }

  String createdAndUpdated(String staging, String diff) {
    List<String> definitions = new ArrayList<>();
    definitions.add("kind CHAR(1) CHARACTER SET ascii COLLATE ascii_bin");
    definitions.add("digest BIGINT UNSIGNED");
    String index =
        MariaDbStaged.index(
            table.match(),
            IntStream.range(0, table.match().size()).mapToObj(i -> "k" + i).toList());
    if (!index.isEmpty()) {
      definitions.add(index);
    }
    return """
    %1$s AS
    SELECT %2$s, CASE WHEN %3$s THEN 'c' ELSE 'u' END AS kind,
           CASE WHEN %3$s THEN 0 ELSE %4$s END AS digest
      FROM %5$s LEFT JOIN %6$s ON %7$s
     WHERE %3$s OR %8$s
    """
        .formatted(
            MariaDbStaged.create(diff, definitions),
            keys(table, column -> stagedValue(table, column)),
            missingInTarget(table),
            seen(),
            staged(staging),
            target,
            stagedMatchesTarget(table),
            differs(table));
  }

  String deleted(String staging, String diff, Deletes deletes) {
    List<String> keys = new ArrayList<>();
    IntStream.range(0, table.match().size()).forEach(i -> keys.add("k" + i));
    return """
    INSERT INTO %1$s (%2$s, kind, digest)
    SELECT %3$s, 'd', %4$s FROM %5$s
     WHERE NOT EXISTS (SELECT 1 FROM %6$s WHERE %7$s)
    """
        .formatted(
            quote(diff),
            String.join(", ", keys),
            keys(table, MariaDbRows::targetValue),
            seen(),
            listed(table, deletes),
            staged(staging),
            stagedMatchesTarget(table));
  }

  /** The target's rows, or only those of them that a list has. */
  static String listed(SyncTable table, Deletes deletes) {
    String target = quote(table.id()) + " AS t";
    // The list first: it is short, and the table has an index on its key.
    return deletes instanceof Deletes.Listed list
        ? "%s STRAIGHT_JOIN %s ON %s"
            .formatted(diff(list.table()), target, diffMatchesTarget(table))
        : target;
  }

  String summary(String diff) {
    // A sum, not XOR: equal pairs must not cancel each other.
    return """
    SELECT kind, COUNT(*), CAST(SUM(%s) AS CHAR) FROM %s GROUP BY kind
    """
        .formatted(digest(MariaDbRows.diffKey(table), "digest"), diff(diff));
  }

  /** Over the columns that are written: what is ignored may change. */
  String digestOfOthers(String diff) {
    List<Column> columns = new ArrayList<>(table.match());
    MariaDbRows.compared(table).stream().filter(c -> !columns.contains(c)).forEach(columns::add);
    return """
    SELECT CAST(COALESCE(SUM(%s), 0) AS CHAR) FROM %s
     WHERE NOT EXISTS (SELECT 1 FROM %s WHERE %s)
    """
        .formatted(digest(targetValues(columns)), target, diff(diff), diffMatchesTarget(table));
  }

  /** The columns an update sets. */
  static List<Column> updated(SyncTable table) {
    return MariaDbRows.compared(table);
  }

  String unchangeable(Column column, String staging, String diff, int limit) {
    return """
    SELECT %s FROM %s STRAIGHT_JOIN %s ON %s STRAIGHT_JOIN %s ON %s WHERE d.kind = 'u' AND %s LIMIT %d
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
    SELECT %1$s FROM %2$s STRAIGHT_JOIN %3$s ON %4$s LEFT JOIN %5$s ON %6$s
     WHERE d.kind IN ('c', 'u') AND (%7$s OR %8$s)
    UNION ALL
    SELECT %1$s FROM %2$s WHERE d.kind = 'd' AND EXISTS (SELECT 1 FROM %5$s WHERE %9$s)
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
