package io.travaso.cloning;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.cloning.PackageManifest.RowsEntry;
import io.travaso.database.CloneSql;
import io.travaso.database.CloneSql.SequencePlace;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.restore.Beside;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Builds a clone in an empty database beside the one it will replace. */
final class Building {
  private final CloneSide side;
  private final PackageReader reader;
  private final PackageManifest manifest;
  private final Dialect dialect;
  private final List<String> notes;
  private final Progress progress;
  private final Choice choice;
  private final Rows cloned;
  private final List<KeptTable> kept;

  /**
   * Sees whether all rows have their way.
   *
   * @param notes takes what is worth knowing
   */
  Building(CloneSide side, PackageReader reader, List<String> notes, Progress progress) {
    this.side = side;
    this.reader = reader;
    this.manifest = reader.manifest();
    this.dialect = side.database().dialect();
    this.notes = notes;
    this.progress = progress;
    Catalog catalog = manifest.catalog();
    this.choice = Choice.of(side.config(), catalog, others(catalog));
    this.cloned = Rows.ofSource(side.config(), choice, manifest.speaksOfKept());
    List<Finding> findings = new ArrayList<>(cloned.findings());
    requireSameSlots();
    this.kept = kept(findings);
    Finding.throwProblems(side.environment().name() + " can't become a clone", findings);
  }

  /** What takes no part in the source takes none here. */
  private Set<TableId> others(Catalog catalog) {
    List<String> known = manifest.source().tables().stream().map(CloneTable::table).toList();
    Set<TableId> others = new HashSet<>();
    catalog.all().stream()
        .filter(t -> !known.contains(t.id().toString()))
        .forEach(t -> others.add(t.id()));
    return others;
  }

  private void requireSameSlots() {
    Map<String, Origin> origins = new HashMap<>();
    choice
        .tables()
        .forEach(
            t -> origins.put(t.id().toString(), Objects.requireNonNull(choice.origin(t.id()))));
    boolean same =
        manifest.source().tables().stream().allMatch(t -> origins.get(t.table()) == t.origin())
            && manifest.rows().size() == cloned.tables().size()
            && manifest.rows().stream()
                .allMatch(
                    e ->
                        cloned.tables().containsKey(e.table())
                            && CloneExport.slots(table(e)).equals(e.slots()));
    if (!same) {
      throw SyncException.failed(
          "The package holds other columns than this tool would have written",
          "Deploy the same version of the tool, and the same configuration, to both hosts.");
    }
  }

  private SyncTable table(RowsEntry entry) {
    return Objects.requireNonNull(cloned.tables().get(entry.table()));
  }

  private List<KeptTable> kept(List<Finding> findings) {
    Database database = side.database();
    Set<TableId> others =
        database.with("Looking at " + database.name(), dialect.cloning()::extensionTables);
    Choice own = Choice.of(side.config(), side.catalog(), others);
    Rows from = Rows.ofTarget(side.config(), own);
    Rows to = Rows.ofTarget(side.config(), choice);
    findings.addAll(from.findings());
    findings.addAll(to.findings());
    List<KeptTable> tables = new ArrayList<>();
    from.tables()
        .forEach(
            (id, table) -> {
              SyncTable there = to.tables().get(id);
              if (there != null) {
                KeptTable pair = KeptTable.of(table, there, findings);
                tables.add(pair);
                if (!pair.lost().isEmpty()) {
                  notes.add(
                      "%s loses columns that the source does not have: %s"
                          .formatted(table.label(), String.join(", ", pair.lost())));
                }
              }
            });
    return tables;
  }

  /**
   * Builds it.
   *
   * @return how many rows each table has
   */
  Map<String, Long> build(Beside beside, Structure structure) throws IOException {
    try (Database database = Database.open(structure.filler(beside.settings()))) {
      Making target = new Making(database, beside);
      structure.before(reader, target);
      progress.tells("the structure is made beside " + side.environment().name());
      try (TargetRows own = new TargetRows(side.database())) {
        Map<TableId, Long> counts = fill(database, own);
        structure.after(reader, target);
        finish(database);
        own.requireSame(kept.stream().map(KeptTable::from).toList());
        Map<String, Long> named = new HashMap<>();
        counts.forEach((id, rows) -> named.put(id.toString(), rows));
        return named;
      }
    } catch (JdbiException e) {
      throw dialect.explain("Building the clone", e);
    }
  }

  private Map<TableId, Long> fill(Database database, TargetRows own) {
    CloneSql sql = dialect.cloning();
    try (Handle session = database.session()) {
      requireSameTables(session);
      sql.loadSession().forEach(session::execute);
      ReferencedRows referenced =
          new ReferencedRows(session, dialect, side.environment().name(), notes);
      Filling filling = new Filling(session, dialect, referenced, progress);
      manifest.rows().forEach(entry -> filling.fromPackage(reader, table(entry), entry));
      kept.forEach(pair -> filling.fromTarget(pair.to(), rows -> own.send(pair.from(), rows)));
      Map<TableId, Long> counts = filling.run();
      filling.verify();
      progress.tells("all rows are loaded");
      new References(session, sql, choice).prove();
      placeSequences(session);
      return counts;
    } catch (JdbiException e) {
      throw dialect.explain("Filling the clone", e);
    }
  }

  /** The source's tables may have been changed between one look and the other. */
  private void requireSameTables(Handle session) {
    Map<TableId, List<String>> made = columns(dialect.readCatalog(session).all());
    Map<TableId, List<String>> taken = columns(manifest.catalog().all());
    if (!made.equals(taken)) {
      List<String> differing = new ArrayList<>();
      Set<TableId> all = new HashSet<>(made.keySet());
      all.addAll(taken.keySet());
      all.stream()
          .filter(id -> !Objects.equals(made.get(id), taken.get(id)))
          .map(TableId::toString)
          .sorted()
          .forEach(differing::add);
      throw new SyncException(
          SyncException.Kind.FAILED,
          "The structure that was made is not the source's: it may have been changed meanwhile",
          "The target is as it was. Run the command again.",
          differing);
    }
  }

  private static Map<TableId, List<String>> columns(Iterable<Table> tables) {
    Map<TableId, List<String>> columns = new HashMap<>();
    for (Table table : tables) {
      columns.put(
          table.id(), table.columns().stream().map(c -> c.name() + " " + c.type()).toList());
    }
    return columns;
  }

  /** At least as far as either side was, so that what is inserted next finds its id free. */
  private void placeSequences(Handle session) {
    CloneSql sql = dialect.cloning();
    for (SequencePlace place : manifest.sequences()) {
      session.createQuery(sql.place(place)).mapTo(String.class).list();
    }
    Set<TableId> ofKept = new HashSet<>();
    kept.forEach(
        pair ->
            pair.to().table().columns().stream()
                .map(Column::sequence)
                .filter(Objects::nonNull)
                .forEach(ofKept::add));
    Database own = side.database();
    for (SequencePlace place : own.with("Reading the sequences of " + own.name(), sql::sequences)) {
      if (ofKept.contains(new TableId(place.schema(), place.name()))) {
        sql.advance(session, place);
      }
    }
    for (Table table : choice.tables()) {
      for (Column column : table.columns()) {
        TableId sequence = column.sequence();
        if (sequence != null) {
          dialect.merge().advanceSequence(session, table, column, sequence);
        }
      }
    }
  }

  private void finish(Database database) {
    CloneSql sql = dialect.cloning();
    List<String> grants =
        side.database().with("Reading the rights on " + side.database().name(), sql::grants);
    database.with(
        "Finishing the clone",
        session -> {
          sql.fill(session, manifest.filledViews()).forEach(session::execute);
          sql.grantable(session, grants).forEach(session::execute);
          return true;
        });
  }
}
