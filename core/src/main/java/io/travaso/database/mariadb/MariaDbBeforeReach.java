package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.equal;

import io.travaso.database.BeforeSql.Images;
import io.travaso.database.BeforeSql.Staged;
import io.travaso.database.mariadb.MariaDbRows.Value;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The queries that follow foreign keys to and from rows that are to be as they were before. */
final class MariaDbBeforeReach {
  private MariaDbBeforeReach() {}

  static String held(
      Images images, ForeignKey key, Table child, @Nullable Staged own, String found) {
    return """
    CREATE TEMPORARY TABLE %s ENGINE = InnoDB AS SELECT d.id, MIN(CONCAT(%s, %s)) AS who
      FROM %s STRAIGHT_JOIN %s ON %s JOIN %s AS o ON %s
     WHERE d.kind = 'c' AND d.state = '-'%s GROUP BY d.id
    """
        .formatted(
            quote(found),
            literal(child.id() + " "),
            MariaDbRows.keyText(MariaDbReachSql.key(child, key, "o")),
            diff(images.name()),
            quote(images.table().id()) + " AS t",
            diffMatchesTarget(images.table()),
            quote(child.id()),
            pairs(key, child, i -> "o." + quote(key.columns().get(i)), i -> parent("t", key, i)),
            own == null ? "" : stays(own, key, child));
  }

  /** Whether a referencing row is neither deleted itself, nor made to reference another one. */
  private static String stays(Staged own, ForeignKey key, Table child) {
    Images images = own.images();
    SyncTable table = images.table();
    String same = MariaDbRows.diffMatches(table, "g", c -> "o." + quote(c.name()));
    boolean set = key.columns().stream().map(child::requiredColumn).anyMatch(c -> isSet(images, c));
    String moved =
        " OR EXISTS (SELECT 1 FROM %s WHERE %s AND (%s) IS NOT TRUE)"
            .formatted(
                MariaDbRows.staged(own.staging()),
                MariaDbRows.diffMatches(table, "g", c -> MariaDbRows.stagedValue(table, c)),
                pairs(key, child, i -> becomes(images, key, child, i), i -> parent("t", key, i)));
    return " AND NOT EXISTS (SELECT 1 FROM %s AS g WHERE g.state = '-' AND %s AND (g.kind = 'c'%s))"
        .formatted(quote(images.name()), same, set ? moved : "");
  }

  private static boolean isSet(Images images, Column column) {
    return images.set().contains(column);
  }

  private static String becomes(Images images, ForeignKey key, Table child, int i) {
    Column column = child.requiredColumn(key.columns().get(i));
    return isSet(images, column)
        ? MariaDbRows.stagedValue(images.table(), column)
        : "o." + quote(column.name());
  }

  private static String parent(String alias, ForeignKey key, int i) {
    return alias + "." + quote(key.targetColumns().get(i));
  }

  private static String pairs(
      ForeignKey key, Table child, IntFunction<String> left, IntFunction<String> right) {
    return IntStream.range(0, key.columns().size())
        .mapToObj(
            i -> equal(child.requiredColumn(key.columns().get(i)), left.apply(i), right.apply(i)))
        .collect(Collectors.joining(" AND "));
  }

  static String orphaned(
      Staged staged, ForeignKey key, Table parent, @Nullable Staged own, String found) {
    Images images = staged.images();
    SyncTable table = images.table();
    Table child = table.table();
    List<Column> columns = key.columns().stream().map(child::requiredColumn).toList();
    IntFunction<String> value = i -> MariaDbRows.stagedValue(table, columns.get(i));
    // What an update leaves as it is references what it did.
    String kinds = columns.stream().allMatch(c -> isSet(images, c)) ? "'u', 'd'" : "'d'";
    String present =
        "SELECT 1 FROM %s AS p WHERE %s%s"
            .formatted(
                quote(parent.id()),
                pairs(key, child, i -> parent("p", key, i), value),
                own == null ? "" : " AND NOT EXISTS (" + goes(own.images(), "p") + ")");
    String back =
        own == null
            ? ""
            : " AND NOT EXISTS (SELECT 1 FROM %s AS b WHERE %s)"
                .formatted(
                    quote(own.staging()),
                    pairs(key, child, i -> "b." + staged(own, parent, key, i), value));
    return """
    CREATE TEMPORARY TABLE %s ENGINE = InnoDB AS SELECT d.id, CONCAT(%s) AS who FROM %s STRAIGHT_JOIN %s ON %s
     WHERE d.kind IN (%s) AND d.state = '-' AND %s AND NOT EXISTS (%s)%s
    """
        .formatted(
            quote(found),
            literal(key.target() + " ")
                + ", "
                + MariaDbRows.keyText(
                    IntStream.range(0, columns.size())
                        .mapToObj(i -> new Value(columns.get(i), value.apply(i)))
                        .toList()),
            diff(images.name()),
            MariaDbRows.staged(staged.staging()),
            MariaDbRows.diffMatchesStaged(table),
            kinds,
            IntStream.range(0, columns.size())
                .mapToObj(i -> MariaDbRows.isNotNull(value.apply(i)))
                .collect(Collectors.joining(" AND ")),
            present,
            back);
  }

  private static String goes(Images images, String alias) {
    return "SELECT 1 FROM %s AS g WHERE g.kind = 'c' AND g.state = '-' AND %s"
        .formatted(
            quote(images.name()),
            MariaDbRows.diffMatches(images.table(), "g", c -> alias + "." + quote(c.name())));
  }

  private static String staged(Staged own, Table parent, ForeignKey key, int i) {
    return own.images().table().stagingName(parent.requiredColumn(key.targetColumns().get(i)));
  }
}
