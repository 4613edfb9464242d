package io.travaso.site;

import io.travaso.Finding;
import io.travaso.fixture.LeftOutFields;
import io.travaso.fixture.Manifest;
import io.travaso.merge.MergePolicy;
import io.travaso.site.AllowedDrift.ColumnDrift;
import io.travaso.site.SchemaDrift.Side;
import io.travaso.table.ForeignKey;
import io.travaso.table.Homes;
import io.travaso.table.MigrationHistory;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a fixture's tables are those of the target, and what of them can be merged. */
final class FixtureFit {
  private static final String FIXTURE = "the fixture";

  private final Manifest manifest;
  private final TableSet asked;
  private final Requests.Plan request;
  private final List<Finding> findings = new ArrayList<>();

  private FixtureFit(Manifest manifest, TableSet asked, Requests.Plan request) {
    this.manifest = manifest;
    this.asked = asked;
    this.request = request;
  }

  /**
   * What is merged.
   *
   * @param set the tables to merge, with the columns that both sides have
   * @param leftOut what stands in the fixture for columns that the target does not have
   * @param homes where the fixture's values have their home in the target's columns
   */
  record Common(TableSet set, LeftOutFields leftOut, Homes homes, AllowedDrift drift) {}

  /**
   * @param whole all tables that are configured
   * @param asked the tables to merge
   * @param applied the migrations of the target, as far as they concern these
   * @param target what the target is called in messages
   * @param engine that of the target
   * @throws io.travaso.SyncException with all differences that are not allowed
   */
  static Common require(
      Manifest manifest,
      TableSet whole,
      TableSet asked,
      List<MigrationHistory> applied,
      String target,
      String engine,
      Requests.Plan request) {
    return new FixtureFit(manifest, asked, request).require(whole, applied, target, engine);
  }

  private Common require(
      TableSet whole, List<MigrationHistory> applied, String target, String engine) {
    List<TableShape> inFixture = manifest.tables().stream().map(TableShape::of).toList();
    List<TableShape> known = whole.tables().stream().map(TableShape::of).toList();
    SchemaDrift drift =
        SchemaDrift.between(
            new Side(FIXTURE, manifest.engine(), inFixture, manifest.migrations()),
            new Side(target, engine, known, applied));
    findings.addAll(drift.problems(request.allowDrift()));
    findTables(inFixture);
    AllowedDrift harmless = drift.harmless();
    harmless.columns().forEach(this::refuseReached);
    Homes homes = manifest.homesIn(engine);
    if (homes.holds() != null) {
      findings.addAll(new ReferencedHomes(homes, asked).findings());
    }
    Finding.throwProblems("The fixture does not fit " + target, findings);
    return common(harmless, homes);
  }

  private void findTables(List<TableShape> inFixture) {
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
  }

  /**
   * A column that takes no part keeps its values; one by which the database itself would change
   * them when the referenced row goes, or gets another key, can't be left out.
   */
  private void refuseReached(ColumnDrift column) {
    table(column).stream()
        .flatMap(t -> t.table().foreignKeys().stream())
        .filter(key -> key.columns().contains(column.column()))
        .filter(this::mayAct)
        .forEach(
            key ->
                findings.add(
                    Finding.refusal(
                        "Schema drift: %s.%s is only in the target, and references rows of %s that"
                                .formatted(column.label(), column.column(), key.target())
                            + " the merge may delete or give another key",
                        SchemaDrift.NEVER_ALLOWED)));
  }

  private boolean mayAct(ForeignKey key) {
    Optional<SyncTable> referenced = asked.find(key.target());
    return referenced.isPresent()
        && (request.policy() == MergePolicy.FULL_REPLACE
            || (key.acts() && !referenced.get().table().primaryKey().equals(key.targetColumns())));
  }

  private Optional<SyncTable> table(ColumnDrift column) {
    return asked.tables().stream()
        .filter(t -> t.id().toString().equals(column.table()))
        .findFirst();
  }

  private Common common(AllowedDrift drift, Homes homes) {
    Map<TableId, Set<String>> unwritten = new HashMap<>();
    Map<String, Set<String>> unread = new HashMap<>();
    for (ColumnDrift column : drift.columns()) {
      SyncTable table = table(column).orElseThrow();
      switch (column.onlyIn()) {
        case TARGET ->
            unwritten.computeIfAbsent(table.id(), t -> new TreeSet<>()).add(column.column());
        case SOURCE ->
            unread
                .computeIfAbsent(table.model(), m -> new TreeSet<>())
                .addAll(fieldNames(column.column()));
      }
    }
    return new Common(asked.without(unwritten), new LeftOutFields(unread), homes, drift);
  }

  /** How a column may be called in a fixture: Django's foreign keys go without their ending. */
  private static List<String> fieldNames(String column) {
    return column.endsWith("_id")
        ? List.of(column, column.substring(0, column.length() - "_id".length()))
        : List.of(column);
  }
}
