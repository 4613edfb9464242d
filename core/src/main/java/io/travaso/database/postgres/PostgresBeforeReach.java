package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.equal;

import io.travaso.database.BeforeSql.Images;
import io.travaso.database.BeforeSql.Staged;
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
final class PostgresBeforeReach {
  private PostgresBeforeReach() {}

  static String held(
      Images images, ForeignKey key, Table child, @Nullable Staged own, String found) {
    List<String> shown = child.primaryKey().isEmpty() ? key.columns() : child.primaryKey();
    return """
    CREATE TEMPORARY TABLE %s AS SELECT d.id, min(%s || ' ' || %s) AS who
      FROM %s JOIN %s ON %s JOIN %s AS o ON %s
     WHERE d.kind = 'c' AND d.state = '-'%s GROUP BY d.id
    """
        .formatted(
            quote(found),
            literal(child.id().toString()),
            PostgresRows.keyText(shown.stream().map(c -> "o." + quote(c)).toList()),
            diff(images.name()),
            relation(images.table().table()) + " AS t",
            diffMatchesTarget(images.table()),
            relation(child),
            pairs(key, child, i -> "o." + quote(key.columns().get(i)), i -> parent("t", key, i)),
            own == null ? "" : stays(own, key, child));
  }

  /** Whether a referencing row is neither deleted itself, nor made to reference another one. */
  private static String stays(Staged own, ForeignKey key, Table child) {
    Images images = own.images();
    SyncTable table = images.table();
    String same = PostgresRows.diffMatches(table, "g", c -> "o." + quote(c.name()));
    boolean set = key.columns().stream().map(child::requiredColumn).anyMatch(c -> isSet(images, c));
    String moved =
        " OR EXISTS (SELECT FROM %s WHERE %s AND (%s) IS NOT TRUE)"
            .formatted(
                PostgresRows.staged(own.staging()),
                PostgresRows.diffMatches(table, "g", c -> PostgresRows.stagedValue(table, c)),
                pairs(key, child, i -> becomes(images, key, child, i), i -> parent("t", key, i)));
    return " AND NOT EXISTS (SELECT FROM pg_temp.%s AS g WHERE g.state = '-' AND %s AND (g.kind = 'c'%s))"
        .formatted(quote(images.name()), same, set ? moved : "");
  }

  private static boolean isSet(Images images, Column column) {
    return images.set().contains(column);
  }

  private static String becomes(Images images, ForeignKey key, Table child, int i) {
    Column column = child.requiredColumn(key.columns().get(i));
    return isSet(images, column)
        ? PostgresRows.stagedValue(images.table(), column)
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
    IntFunction<String> value = i -> PostgresRows.stagedValue(table, columns.get(i));
    // What an update leaves as it is references what it did.
    String kinds = columns.stream().allMatch(c -> isSet(images, c)) ? "'u', 'd'" : "'d'";
    String present =
        "SELECT FROM %s AS p WHERE %s%s"
            .formatted(
                relation(parent),
                pairs(key, child, i -> parent("p", key, i), value),
                own == null ? "" : " AND NOT EXISTS (" + goes(own.images(), "p") + ")");
    String back =
        own == null
            ? ""
            : " AND NOT EXISTS (SELECT FROM pg_temp.%s AS b WHERE %s)"
                .formatted(
                    quote(own.staging()),
                    pairs(key, child, i -> "b." + staged(own, parent, key, i), value));
    return """
    CREATE TEMPORARY TABLE %s AS SELECT d.id, %s AS who FROM %s JOIN %s ON %s
     WHERE d.kind IN (%s) AND d.state = '-' AND %s AND NOT EXISTS (%s)%s
    """
        .formatted(
            quote(found),
            literal(key.target() + " ")
                + " || "
                + PostgresRows.keyText(IntStream.range(0, columns.size()).mapToObj(value).toList()),
            diff(images.name()),
            PostgresRows.staged(staged.staging()),
            PostgresRows.diffMatchesStaged(table),
            kinds,
            IntStream.range(0, columns.size())
                .mapToObj(i -> value.apply(i) + " IS NOT NULL")
                .collect(Collectors.joining(" AND ")),
            present,
            back);
  }

  private static String goes(Images images, String alias) {
    return "SELECT FROM pg_temp.%s AS g WHERE g.kind = 'c' AND g.state = '-' AND %s"
        .formatted(
            quote(images.name()),
            PostgresRows.diffMatches(images.table(), "g", c -> alias + "." + quote(c.name())));
  }

  private static String staged(Staged own, Table parent, ForeignKey key, int i) {
    return own.images().table().stagingName(parent.requiredColumn(key.targetColumns().get(i)));
  }
}
