package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.merge.Decision.Side;
import io.travaso.merge.Ways.Row;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody decided about conflicts, held against the rows as they are now. */
final class Decisions {
  private final Map<String, Map<String, List<Decision>>> byRow = new HashMap<>();
  private final Map<Decision, Boolean> used = new LinkedHashMap<>();

  Decisions(List<Decision> decisions) {
    for (Decision decision : decisions) {
      used.put(decision, false);
      byRow
          .computeIfAbsent(decision.table(), t -> new HashMap<>())
          .computeIfAbsent(decision.key(), k -> new ArrayList<>())
          .add(decision);
    }
  }

  /** Applies those about a table's rows. */
  void apply(SyncTable table, Ways ways) {
    Map<String, List<Decision>> ofTable = byRow.get(table.id().toString());
    if (ofTable == null) {
      return;
    }
    List<Row> decided = new ArrayList<>();
    for (Row row : ways.open()) {
      Row becomes = row;
      for (Decision decision : ofTable.getOrDefault(row.key(), List.of())) {
        if (decision.seen().equals(row.seen()) && isAbout(decision, ways.conflicts(row))) {
          becomes = decide(becomes, decision, ways);
          used.put(decision, true);
        }
      }
      if (!becomes.equals(row)) {
        decided.add(becomes);
      }
    }
    ways.set(decided);
  }

  private static boolean isAbout(Decision decision, List<Conflict> conflicts) {
    return conflicts.stream()
        .anyMatch(
            c ->
                c.column() == null
                    ? decision.column() == null
                    : c.column().equals(decision.column()));
  }

  private static Row decide(Row row, Decision decision, Ways ways) {
    boolean source = decision.take() == Side.SOURCE;
    String kind = row.kind();
    String letters = row.ways();
    String column = decision.column();
    if (column != null) {
      StringBuilder changed = new StringBuilder(letters);
      changed.setCharAt(ways.place(column), source ? 'a' : 'b');
      letters = changed.toString();
    } else if (kind.equals("x")) {
      kind = source ? "c" : "k";
    } else if (kind.equals("y")) {
      kind = source ? "d" : "z";
    } else {
      letters = letters.replace('+', source ? 'a' : 'b');
    }
    return new Row(row.key(), kind, letters, row.seen(), row.values());
  }

  /**
   * @throws SyncException naming those that are about no conflict there is now
   */
  void requireAllUsed() {
    List<String> stale = new ArrayList<>();
    used.forEach(
        (decision, isUsed) -> {
          if (!isUsed) {
            String column = decision.column() == null ? "" : ", " + decision.column();
            stale.add(decision.table() + " " + decision.key() + column);
          }
        });
    if (!stale.isEmpty()) {
      throw SyncException.refused(
          "Rows have changed since it was decided about them; nothing was written",
          "Are the options those that `sync resolve` was given? Otherwise run it again and decide"
              + " about what is in conflict now.",
          stale);
    }
  }
}
