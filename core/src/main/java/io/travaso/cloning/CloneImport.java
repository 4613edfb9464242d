package io.travaso.cloning;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.database.CloneSql;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.ServerFacts;
import io.travaso.restore.Beside;
import io.travaso.restore.WholeDatabase;
import io.travaso.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Puts what was taken from a source in the place of a whole database, on the target's host. */
public final class CloneImport {
  private final CloneSide side;

  public CloneImport(CloneSide side) {
    this.side = side;
  }

  /**
   * What cloning would do; nothing is written.
   *
   * @param source as {@link CloneExport#look} or the package has it
   * @throws SyncException with all that keeps it from being done
   */
  public ClonePlan plan(CloneSource source, Progress progress) {
    Database database = side.database();
    Dialect dialect = database.dialect();
    ClonePlan plan =
        database.with(
            "Looking at " + database.name(),
            session -> {
              CloneSql sql = dialect.cloning();
              Choice choice =
                  Choice.of(side.config(), side.catalog(), sql.extensionTables(session));
              ServerFacts server = dialect.serverFacts(session);
              new TargetFit(side, source).require(server, choice, sql.dataDirectory(session));
              return plan(source, choice, session);
            });
    Structure.of(side).requireMakeable(source);
    return plan;
  }

  private ClonePlan plan(CloneSource source, Choice choice, Handle session) {
    Map<String, Long> before = new HashMap<>();
    List<ClonedTable> lost = new ArrayList<>();
    List<String> known = source.tables().stream().map(CloneTable::table).toList();
    for (Table table : choice.tables()) {
      String id = table.id().toString();
      String query = side.database().dialect().merge().count(table);
      long rows =
          table.privileges().contains(Table.Privilege.SELECT)
              ? session.createQuery(query).mapTo(Long.class).one()
              : 0;
      before.put(id, rows);
      if (!known.contains(id)) {
        lost.add(new ClonedTable(id, choice.label(table), Origin.NOBODY, rows, 0));
      }
    }
    List<ClonedTable> tables = new ArrayList<>();
    List<String> notes = new ArrayList<>(source.notes());
    for (CloneTable table : source.tables()) {
      long own = before.getOrDefault(table.table(), 0L);
      long after =
          switch (table.origin()) {
            case SOURCE -> table.rows();
            case TARGET -> own;
            case NOBODY -> 0;
          };
      tables.add(new ClonedTable(table.table(), table.label(), table.origin(), own, after));
      if (table.origin() == Origin.TARGET && !before.containsKey(table.table())) {
        notes.add(table.label() + " is excluded and not in the target yet: it will be empty");
      }
    }
    notes.addAll(new KeptReferences(side.config(), choice).notes());
    return new ClonePlan(source, tables, lost, notes);
  }

  /**
   * Builds the clone beside the target's database and swaps the two. A failure leaves the target as
   * it was. The caller has taken a backup.
   *
   * @param pack where it is on this host
   */
  public CloneResult run(ClonePackage pack, Progress progress) {
    Path file = Path.of(pack.file());
    try (PackageReader reader = PackageReader.open(file, pack.sha256())) {
      ClonePlan plan = plan(reader.manifest().source(), progress);
      WholeDatabase whole =
          WholeDatabase.of(side.settings(), side.maintenance(), side.tools(), progress)
              .disconnectingOthers();
      List<String> notes = new ArrayList<>(plan.notes());
      try (Beside beside = whole.create("clone")) {
        Map<String, Long> rows = replace(beside, reader, notes, progress);
        return new CloneResult(
            plan.tables().stream()
                .map(
                    t ->
                        new ClonedTable(
                            t.table(),
                            t.label(),
                            t.origin(),
                            t.before(),
                            rows.getOrDefault(t.table(), 0L)))
                .toList(),
            notes);
      }
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Reading the package " + file + " failed: " + e.getMessage(),
          "Look at the disk. The target is as it was.",
          e);
    }
  }

  private Map<String, Long> replace(
      Beside beside, PackageReader reader, List<String> notes, Progress progress)
      throws IOException {
    Structure structure = Structure.of(side);
    String name = beside.settings().database();
    try {
      Map<String, Long> rows = new Building(side, reader, notes, progress).build(beside, structure);
      beside.swap();
      return rows;
    } finally {
      forget(structure, name, progress);
    }
  }

  /** What was done is done, and why it was not is more than what is left over. */
  private static void forget(Structure structure, String name, Progress progress) {
    try {
      structure.forget(name);
    } catch (SyncException e) {
      progress.tells(
          "Rights on %s, which is no more, could not be taken back: %s".formatted(name, e.what()));
    }
  }
}
