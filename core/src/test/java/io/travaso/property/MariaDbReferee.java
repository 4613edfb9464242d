package io.travaso.property;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** On MariaDB: the source is a database of the same server, and can be asked in one query. */
final class MariaDbReferee implements Referee {
  private final TestDatabase target;
  private final TestDatabase source;
  private final List<RandomTable> tables;

  /** Of each table the rows that must not change: those of its own, and those that are equal. */
  private final Map<RandomTable, List<String>> kept = new HashMap<>();

  private MariaDbReferee(TestDatabase target, TestDatabase source, List<RandomTable> tables) {
    this.target = target;
    this.source = source;
    this.tables = tables;
  }

  static MariaDbReferee of(TestDatabase target, TestDatabase source, List<RandomTable> tables) {
    MariaDbReferee referee = new MariaDbReferee(target, source, tables);
    for (RandomTable table : tables) {
      String query =
          "SELECT %1$s FROM %2$s AS t WHERE NOT EXISTS (SELECT 1 FROM %3$s AS s WHERE %4$s AND %5$s <> %1$s)"
              .formatted(
                  referee.text(table, "t"),
                  referee.name(target, table),
                  referee.name(source, table),
                  match(table),
                  referee.text(table, "s"));
      referee.kept.put(table, target.rows(query));
    }
    return referee;
  }

  private String name(TestDatabase database, RandomTable table) {
    return database.name() + "." + MariaDbSchemaSql.name(table);
  }

  private static String match(RandomTable table) {
    return table.key.stream()
        .map(c -> "t.%1$s = s.%1$s".formatted(MariaDbSchemaSql.quote(c.name())))
        .collect(joining(" AND "));
  }

  private String text(RandomTable table, String row) {
    return table.written().stream()
        .map(c -> "COALESCE(%s, '~')".formatted(text(c, row)))
        .collect(joining(", ", "CONCAT_WS('|', ", ")"));
  }

  private static String text(Column column, String row) {
    String name = row + "." + MariaDbSchemaSql.quote(column.name());
    String type = column.type().sql();
    if (type.contains("binary") || type.contains("blob") || type.equals("point")) {
      return "HEX(" + name + ")";
    }
    if (type.equals("float")) {
      return "CONCAT(" + name + " + 0e0)";
    }
    return type.startsWith("bit") ? "CONCAT(" + name + " + 0)" : "HEX(CONCAT(" + name + "))";
  }

  @Override
  public List<String> expected(boolean replace) {
    List<String> counts = new ArrayList<>();
    for (RandomTable table : tables) {
      String both =
          "%s AS s JOIN %s AS t ON %s"
              .formatted(name(source, table), name(target, table), match(table));
      String there = text(table, "s");
      String here = text(table, "t");
      int created =
          count(
              name(source, table) + " AS s",
              "NOT EXISTS (SELECT 1 FROM %s AS t WHERE %s)"
                  .formatted(name(target, table), match(table)));
      int own =
          count(
              name(target, table) + " AS t",
              "NOT EXISTS (SELECT 1 FROM %s AS s WHERE %s)"
                  .formatted(name(source, table), match(table)));
      counts.add(
          "+%d ~%d -%d =%d *%d"
              .formatted(
                  created,
                  count(both, there + " <> " + here),
                  replace ? own : 0,
                  count(both, there + " = " + here),
                  replace ? 0 : own));
    }
    return counts;
  }

  private int count(String from, String where) {
    return Integer.parseInt(
        target.rows("SELECT COUNT(*) FROM %s WHERE %s".formatted(from, where)).get(0));
  }

  private List<String> all(TestDatabase database, RandomTable table) {
    return database.rows(
        "SELECT %s AS t FROM %s AS t ORDER BY 1"
            .formatted(text(table, "t"), name(database, table)));
  }

  @Override
  public void requireMerged() {
    for (RandomTable table : tables) {
      List<String> wanted = new ArrayList<>(all(source, table));
      List<String> rows = all(target, table);
      assertThat(rows).as(table.name).containsAll(wanted);
      assertThat(rows).as(table.name).containsAll(kept.getOrDefault(table, List.of()));
    }
  }

  @Override
  public void requireReplaced() {
    for (RandomTable table : tables) {
      assertThat(all(target, table)).as(table.name).isEqualTo(all(source, table));
    }
  }

  @Override
  public void requireFreeNumbers() {
    for (RandomTable table : tables) {
      for (Column column : table.columns) {
        if (column.hasSequence()) {
          requireFreeNumber(table, column);
        }
      }
    }
  }

  private void requireFreeNumber(RandomTable table, Column column) {
    long most =
        column.type().sql().equals("bigint")
            ? Long.MAX_VALUE
            : column.type().sql().equals("int") ? Integer.MAX_VALUE : Short.MAX_VALUE;
    String max =
        target
            .rows(
                "SELECT COALESCE(MAX(%s), 0) FROM %s"
                    .formatted(MariaDbSchemaSql.quote(column.name()), name(target, table)))
            .get(0);
    long highest = Long.parseLong(max);
    if (highest <= 0 || highest >= most) {
      return;
    }
    if (!MariaDbSchemaSql.counts(table, column) && hasRunOut(table, column)) {
      // The target's rows had taken them all; a sequence never goes back.
      return;
    }
    String next =
        MariaDbSchemaSql.counts(table, column)
            ? "SELECT auto_increment FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_name = '"
                + table.name.replace("\\", "\\\\").replace("'", "''")
                + "'"
            : "SELECT NEXTVAL(" + MariaDbSchemaSql.sequence(table, column) + ")";
    assertThat(new BigInteger(target.rows(next).get(0)))
        .as(table.name + "." + column.name())
        .isGreaterThan(BigInteger.valueOf(highest));
  }

  private boolean hasRunOut(RandomTable table, Column column) {
    return target
        .rows(
            "SELECT next_not_cached_value > maximum_value FROM "
                + MariaDbSchemaSql.sequence(table, column))
        .equals(List.of("1"));
  }
}
