package io.travaso.cloning;

import io.travaso.config.SyncConfig;
import io.travaso.table.ForeignKey;
import io.travaso.table.GenericReference;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Where rows that stay go by the ids of rows that are cloned: those may mean others then. */
final class KeptReferences {
  private final SyncConfig config;
  private final Choice choice;

  KeptReferences(SyncConfig config, Choice choice) {
    this.config = config;
    this.choice = choice;
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Table table : choice.tables(Origin.TARGET)) {
      for (ForeignKey key : table.foreignKeys()) {
        boolean cloned = choice.origin(key.target()) == Origin.SOURCE;
        if (cloned && !Rows.isRecognised(config, choice, choice.catalog().get(key.target()))) {
          notes.add(
              "%s stays, and references %s by id: its rows mean the same only if the ids do"
                  .formatted(choice.label(table), key.target()));
        }
      }
      if (GenericReference.isIn(table)) {
        notes.add(
            "%s stays, and speaks of rows of any table by id: clone: {empty: [%s]} would forget it"
                .formatted(choice.label(table), choice.label(table)));
      }
    }
    return notes;
  }
}
