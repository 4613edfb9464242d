package io.travaso.property;

import io.travaso.merge.TablePlan;
import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/** Judges a merge in plain SQL, beside the target. */
interface Referee {

  /** Before the merge. */
  static Referee of(TestDatabase target, TestDatabase source, List<RandomTable> tables, Rows rows) {
    return switch (target.engine()) {
      case POSTGRESQL -> PostgresReferee.of(target, tables, rows);
      case MARIADB -> MariaDbReferee.of(target, source, tables);
    };
  }

  /** What a merge has to do, as {@link #planned} says it. */
  List<String> expected(boolean replace);

  /** Every row of the source is in the target as text, and the others were not touched. */
  void requireMerged();

  /** The target is the source, row for row. */
  void requireReplaced();

  /** The next row that the application inserts gets a number of its own. */
  void requireFreeNumbers();

  static List<String> planned(List<RandomTable> tables, List<TablePlan> plans) {
    List<String> counts = new ArrayList<>();
    for (RandomTable table : tables) {
      String id = new io.travaso.table.TableId(table.schema, table.name).toString();
      TablePlan plan = plans.stream().filter(p -> p.table().equals(id)).findFirst().orElseThrow();
      counts.add(
          "+%d ~%d -%d =%d *%d"
              .formatted(
                  plan.created(),
                  plan.updated(),
                  plan.deleted(),
                  plan.unchanged(),
                  plan.onlyInTarget()));
    }
    return counts;
  }
}
