package io.travaso.cloning;

import io.travaso.Finding;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table whose rows the target keeps: as it is there, and as the clone has it, with the columns
 * that both have, in one order.
 *
 * @param from the target's own
 * @param to the clone's
 * @param lost columns that only the target's own has
 */
record KeptTable(SyncTable from, SyncTable to, List<String> lost) {

  /**
   * Brings the two together.
   *
   * @param findings takes what keeps the rows from being kept
   */
  static KeptTable of(SyncTable from, SyncTable to, List<Finding> findings) {
    Map<String, Field> there = new HashMap<>();
    to.fields().forEach(f -> there.put(f.column().name(), f));
    List<Field> common = new ArrayList<>();
    Set<String> lost = new HashSet<>();
    for (Field field : from.fields()) {
      Field same = there.remove(field.column().name());
      if (same == null) {
        lost.add(field.column().name());
      } else {
        common.add(same);
      }
    }
    for (Field added : there.values()) {
      Column column = added.column();
      if (!column.nullable() && !column.hasDefault()) {
        findings.add(
            Finding.refusal(
                "%s: the source has a new column %s, which is NOT NULL and has no default for the"
                        .formatted(from.label(), column.name())
                    + " rows that stay",
                "Put the table under clone: {empty: […]}, or give the column a default."));
      }
    }
    SyncTable out = from.without(lost);
    SyncTable in =
        new SyncTable(to.table(), to.label(), to.model(), to.primaryKey(), common, to.match());
    if (!sources(out).equals(sources(in))) {
      findings.add(
          Finding.refusal(
              out.label() + " has another primary key, or other references, in the source",
              "Put the table under clone: {empty: […]}, or bring its structure to the source's."));
    }
    return new KeptTable(out, in, lost.stream().sorted().toList());
  }

  /** What the values of a row are. */
  private static List<String> sources(SyncTable table) {
    return table.slots().stream().map(s -> s.name() + " " + s.source().name()).toList();
  }
}
