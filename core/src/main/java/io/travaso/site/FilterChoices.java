package io.travaso.site;

import io.travaso.filter.Choice;
import io.travaso.filter.Choice.Circumstances;
import io.travaso.fixture.Manifest;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of an exported fixture that says whether its rows may be held back.
 *
 * @param merged the tables that are merged, with the columns that take part
 */
record FilterChoices(
    Manifest manifest,
    TableSet merged,
    FixtureFit.Common common,
    MaskedReturn masked,
    Requests.Plan request) {

  /** The choice for each table. */
  Map<TableId, Choice> of(boolean doubted) {
    Circumstances known =
        new Circumstances(
            /* manifest= */ true,
            /* sameEngine= */ common.homes().holds() == null,
            /* baseline= */ request.reconciliation() != null,
            narrowed(),
            doubted,
            records(),
            Choice.WORTHWHILE);
    Map<TableId, Choice> choices = new HashMap<>();
    merged.tables().forEach(t -> choices.put(t.id(), Choice.of(t, known)));
    return choices;
  }

  private Set<TableId> narrowed() {
    Set<TableId> narrowed = new HashSet<>(masked.columns().keySet());
    for (SyncTable table : merged.tables()) {
      boolean drifted =
          common.drift().columns().stream().anyMatch(c -> c.table().equals(table.id().toString()));
      if (drifted || manifest.heldBack().containsKey(table.id().toString())) {
        narrowed.add(table.id());
      }
    }
    return narrowed;
  }

  private Map<TableId, Long> records() {
    Map<TableId, Long> records = new HashMap<>();
    for (SyncTable table : merged.tables()) {
      for (Manifest.TableEntry entry : manifest.tables()) {
        if (entry.table().equals(table.id().toString())) {
          records.put(table.id(), entry.records());
        }
      }
    }
    return records;
  }
}
