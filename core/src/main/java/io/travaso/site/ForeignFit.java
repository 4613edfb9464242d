package io.travaso.site;

import io.travaso.Finding;
import io.travaso.merge.MergePolicy;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tables a fixture without a manifest concerns: those it has records of. The others' rows
 * stay, for nobody says that the fixture is whole.
 */
final class ForeignFit {
  private ForeignFit() {}

  /**
   * The tables to merge.
   *
   * @param models what the fixture has records of
   * @param whole all tables that are configured
   * @param request which tables are asked for, and whether rows are to be deleted
   * @throws io.travaso.SyncException where that is not what the fixture has
   */
  static TableSet require(
      List<String> models, TableSet whole, TableSet asked, Requests.Plan request) {
    List<String> present =
        asked.tables().stream()
            .filter(t -> models.contains(t.model()))
            .map(t -> t.id().toString())
            .toList();
    Set<TableId> carried = linksOf(asked, models);
    boolean named = !request.tables().isEmpty();
    List<Finding> findings = new ArrayList<>();
    for (SyncTable table : asked.tables()) {
      // Links in the records of another table come with those.
      boolean without = !present.contains(table.id().toString()) && !carried.contains(table.id());
      if (without && request.policy() == MergePolicy.FULL_REPLACE) {
        findings.add(
            Finding.refusal(
                "The fixture has no records of %s, so a full replace would empty it"
                    .formatted(table.label()),
                "It has no manifest to say that it is whole: name the tables it has with"
                    + " --models."));
      } else if (without && named) {
        findings.add(
            Finding.refusal(
                "The fixture has no records of " + table.label(),
                "Take it out of --models: a table without records stays as it is."));
      }
    }
    for (SyncTable table : whole.tables()) {
      if (models.contains(table.model()) && !asked.contains(table.id())) {
        findings.add(
            Finding.refusal(
                "The fixture holds " + table.label() + ", which was not asked for",
                "Leave --models out, or write a fixture of just these tables."));
      }
    }
    Finding.throwProblems("The fixture does not fit what was asked", findings);
    // Where it has records of none, the first of them is refused by its model.
    return asked.select(present);
  }

  private static Set<TableId> linksOf(TableSet set, List<String> models) {
    Set<TableId> links = new HashSet<>();
    set.tables().stream()
        .filter(t -> models.contains(t.model()))
        .forEach(t -> t.links().forEach(l -> links.add(l.table().id())));
    return links;
  }
}
