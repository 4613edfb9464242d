package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.compared;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValue;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that decide about merged rows, and make the staged ones what was decided.
 *
 * <p>What they need of the target is read into a temporary table first: an UPDATE that joins the
 * target would lock its rows, and a plan must be in nobody's way.
 */
final class MariaDbAdoptSql {
  private final Work work;
  private final SyncTable table;
  private final String merged;
  private final String target;

  MariaDbAdoptSql(Work work, String merged) {
    this.work = work;
    this.table = work.table();
    this.merged = merged;
    this.target = quote(table.id()) + " AS t";
  }

  List<String> newest(Column by, boolean itself) {
    int place = compared(table).indexOf(by) + 1;
    String winners = merged + "_newest";
    return List.of(
        """
        %s AS
        SELECT %s, CASE WHEN %4$s > %5$s THEN 'a' WHEN %4$s < %5$s THEN 'b' ELSE 'x' END AS winner
          FROM %3$s STRAIGHT_JOIN %6$s ON %7$s STRAIGHT_JOIN %8$s ON %9$s
         WHERE d.kind = 'u' AND %10$s
        """
            .formatted(
                MariaDbStaged.create(
                    winners, List.of("winner char(1) CHARACTER SET ascii COLLATE ascii_bin")),
                diffKeys("d"),
                diff(merged),
                stagedValue(table, by),
                targetValue(by),
                staged(work.staging()),
                diffMatchesStaged(table),
                target,
                diffMatchesTarget(table),
                itself ? "SUBSTRING(d.ways, " + place + ", 1) = 'x'" : "d.ways LIKE '%x%'"),
        "UPDATE %s AS n STRAIGHT_JOIN %s ON %s SET d.ways = %s"
            .formatted(
                quote(winners),
                diff(merged),
                sameKey("n"),
                itself
                    ? "INSERT(d.ways, " + place + ", 1, n.winner)"
                    : "REPLACE(d.ways, 'x', n.winner)"),
        "DROP TEMPORARY TABLE " + quote(winners));
  }

  private String diffKeys(String alias) {
    return IntStream.range(0, table.match().size())
        .mapToObj(i -> alias + ".k" + i)
        .collect(Collectors.joining(", "));
  }

  private String sameKey(String alias) {
    return MariaDbRows.diffMatches(table, "d", c -> alias + ".k" + table.match().indexOf(c));
  }

  List<String> adopt() {
    List<String> statements = new ArrayList<>();
    List<Column> compared = compared(table);
    if (!compared.isEmpty()) {
      String kept = merged + "_kept";
      statements.add(createKept(compared, kept));
      statements.add(
          "INSERT INTO %s SELECT %s, d.ways, %s FROM %s STRAIGHT_JOIN %s ON %s WHERE d.kind = 'u' AND d.ways REGEXP '[tb]'"
              .formatted(
                  quote(kept) + keptColumns(compared),
                  diffKeys("d"),
                  compared.stream().map(MariaDbRows::targetValue).collect(Collectors.joining(", ")),
                  diff(merged),
                  target,
                  diffMatchesTarget(table)));
      List<String> set = new ArrayList<>();
      IntStream.range(0, compared.size()).forEach(i -> adopt(compared.get(i), i, set));
      statements.add(
          "UPDATE %s STRAIGHT_JOIN %s ON %s SET %s"
              .formatted(
                  diff(kept),
                  staged(work.staging()),
                  diffMatchesStaged(table),
                  String.join(", ", set)));
      statements.add("DROP TEMPORARY TABLE " + quote(kept));
    }
    statements.add(
        "DELETE s FROM %s STRAIGHT_JOIN %s ON %s WHERE d.kind = 'k'"
            .formatted(diff(merged), staged(work.staging()), diffMatchesStaged(table)));
    return statements;
  }

  private String createKept(List<Column> compared, String kept) {
    MariaDbStaged made = new MariaDbStaged().from(quote(table.id()), "t");
    List<Column> match = table.match();
    IntStream.range(0, match.size())
        .forEach(i -> made.column("k" + i, match.get(i), targetValue(match.get(i))));
    made.column("ways", "varchar(" + compared.size() + ") CHARACTER SET ascii COLLATE ascii_bin");
    IntStream.range(0, compared.size())
        .forEach(i -> made.column("v" + i, compared.get(i), targetValue(compared.get(i))));
    return made.create(kept);
  }

  /** In an order of our own: those of text come last in the table. */
  private String keptColumns(List<Column> compared) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, table.match().size()).forEach(i -> names.add("k" + i));
    names.add("ways");
    IntStream.range(0, compared.size()).forEach(i -> names.add("v" + i));
    return names.stream().collect(Collectors.joining(", ", " (", ")"));
  }

  /** What was looked up for the source's value is nothing to look up for the target's. */
  private void adopt(Column column, int place, List<String> set) {
    String isKept = "SUBSTRING(d.ways, " + (place + 1) + ", 1) IN ('t', 'b')";
    String name = stagedValue(table, column);
    set.add("%1$s = IF(%2$s, d.v%3$d, %1$s)".formatted(name, isKept, place));
    int index = table.written().indexOf(column);
    for (Field field : table.fields()) {
      if (field.column().equals(column) && (field.reference() != null || field.generic() != null)) {
        IntStream.range(0, field.carried().size())
            .mapToObj(k -> "s." + SyncTable.referenceName(index, k))
            .forEach(r -> set.add("%1$s = IF(%2$s, NULL, %1$s)".formatted(r, isKept)));
      }
    }
  }
}
