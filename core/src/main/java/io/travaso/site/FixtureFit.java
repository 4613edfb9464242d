package io.travaso.site;

import io.travaso.Finding;
import io.travaso.fixture.Manifest;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;

/** Whether a fixture's tables are those of the target. */
final class FixtureFit {
  private FixtureFit() {}

  /**
   * @param whole all tables that are configured
   * @param asked the tables to merge
   * @throws io.travaso.SyncException with all differences
   */
  static void require(Manifest manifest, TableSet whole, TableSet asked, String target) {
    List<TableShape> inFixture = manifest.tables().stream().map(TableShape::of).toList();
    List<TableShape> known = whole.tables().stream().map(TableShape::of).toList();
    List<Finding> findings =
        new ArrayList<>(
            SchemaDrift.between("the fixture", inFixture, "the set of " + target, known));
    List<String> present = inFixture.stream().map(TableShape::table).toList();
    for (SyncTable table : asked.tables()) {
      if (!present.contains(table.id().toString())) {
        findings.add(
            Finding.refusal(
                table.label() + " is not in the fixture",
                "Name the tables to import with --models, or export it with them."));
      }
    }
    List<String> wanted = asked.tables().stream().map(t -> t.id().toString()).toList();
    for (TableShape table : inFixture) {
      if (!wanted.contains(table.table())) {
        findings.add(
            Finding.refusal(
                "The fixture holds " + table.label() + ", which was not asked for",
                "Leave --models out, or export just these tables."));
      }
    }
    Finding.throwProblems("The fixture does not fit " + target, findings);
  }
}
