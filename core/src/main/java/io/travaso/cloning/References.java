package io.travaso.cloning;

import io.travaso.SyncException;
import io.travaso.database.CloneSql;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Whether every row that is loaded references one that is there. */
final class References {
  private static final int LISTED = 100;

  private final Handle session;
  private final CloneSql sql;
  private final Choice choice;

  References(Handle session, CloneSql sql, Choice choice) {
    this.session = session;
    this.sql = sql;
    this.choice = choice;
  }

  /**
   * Refuses where it does not. What comes from one side alone is left to the engine, where that
   * proves it.
   */
  void prove() {
    List<String> rows = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Table child : choice.tables()) {
      Origin origin = choice.origin(child.id());
      for (ForeignKey key : child.foreignKeys()) {
        Origin parent = choice.origin(key.target());
        boolean left = parent == null || (origin == parent && sql.provesForeignKeys());
        if (origin != Origin.NOBODY && !left) {
          find(child, key, rows, wanted);
        }
      }
    }
    if (!rows.isEmpty()) {
      throw SyncException.refused(
          "Rows would reference rows that are not there; the target is as it was",
          String.join(" ", wanted),
          rows);
    }
  }

  private void find(Table child, ForeignKey key, List<String> rows, List<String> wanted) {
    List<String> found =
        session
            .createQuery(sql.orphans(child, key, LISTED))
            .map(
                (r, c) ->
                    "%s %s: %s is %s, and %s has no such row"
                        .formatted(
                            choice.label(child),
                            r.getString(1),
                            String.join(", ", key.columns()),
                            r.getString(2),
                            key.target()))
            .list();
    if (!found.isEmpty()) {
      rows.addAll(found);
      String hint = hint(child);
      if (!wanted.contains(hint)) {
        wanted.add(hint);
      }
    }
  }

  private String hint(Table child) {
    Origin origin = choice.origin(child.id());
    String label = choice.label(child);
    return origin == Origin.TARGET
        ? "%s keeps its rows: put it under clone: {empty: [%s]}, or correct them."
            .formatted(label, label)
        : "Correct the rows of %s in the source, or put it under clone: {empty: [%s]}."
            .formatted(label, label);
  }
}
