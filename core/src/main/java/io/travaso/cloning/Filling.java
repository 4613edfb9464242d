package io.travaso.cloning;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.cloning.PackageManifest.RowsEntry;
import io.travaso.database.BulkLoad;
import io.travaso.database.Dialect;
import io.travaso.database.RowSink;
import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.NaturalKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;

/** Fills the tables of a clone: the source's from its package, the kept ones from the target. */
final class Filling {
  private final Handle session;
  private final Dialect dialect;
  private final ReferencedRows referenced;
  private final Progress progress;
  private final Map<TableId, Load> loads = new TreeMap<>();
  private final Map<TableId, Long> counts = new HashMap<>();

  /**
   * A table that is to be loaded.
   *
   * @param feed sends its rows, and says how many there were
   * @param hint what to do where a row that it references is not there
   */
  private record Load(SyncTable table, ToLongFunction<RowSink> feed, long rows, String hint) {

    /** The tables that must have their rows before. */
    Set<TableId> needs() {
      Set<TableId> needs = new HashSet<>();
      for (Field field : table.fields()) {
        Reference reference = field.reference();
        if (reference != null) {
          add(needs, reference.naturalKey());
        }
        GenericReference generic = field.generic();
        if (generic != null) {
          add(needs, generic.contentTypes().naturalKey());
          generic.targets().forEach(target -> add(needs, target.naturalKey()));
        }
      }
      needs.remove(table.id());
      return needs;
    }

    private static void add(Set<TableId> needs, NaturalKey key) {
      needs.addAll(key.tables());
    }
  }

  Filling(Handle session, Dialect dialect, ReferencedRows referenced, Progress progress) {
    this.session = session;
    this.dialect = dialect;
    this.referenced = referenced;
    this.progress = progress;
  }

  /** A table whose rows the package has. */
  void fromPackage(PackageReader reader, SyncTable table, RowsEntry entry) {
    loads.put(
        table.id(),
        new Load(
            table,
            sink -> {
              reader.rows(entry, sink);
              return entry.rows();
            },
            entry.rows(),
            "Make them in the target, or say under references what becomes of such rows:"
                + " missing: null, or an id."));
  }

  /** A table whose rows stay. */
  void fromTarget(SyncTable table, ToLongFunction<RowSink> feed) {
    loads.put(
        table.id(),
        new Load(
            table,
            feed,
            0,
            "These rows stay, and the source has nothing for them to reference: put their table"
                + " under clone: {empty: ["
                + table.label()
                + "]}, or correct the rows."));
  }

  /** Loads all, each after those whose rows are looked up in it. */
  Map<TableId, Long> run() {
    Set<TableId> open = new HashSet<>(loads.keySet());
    while (!open.isEmpty()) {
      List<Load> ready =
          loads.values().stream()
              .filter(load -> open.contains(load.table().id()))
              .filter(load -> load.needs().stream().noneMatch(open::contains))
              .toList();
      if (ready.isEmpty()) {
        throw circle(open);
      }
      ready.forEach(
          load -> {
            load(load);
            open.remove(load.table().id());
          });
    }
    return counts;
  }

  private static SyncException circle(Set<TableId> open) {
    return SyncException.refused(
        "Rows of both sides reference each other in a circle, each by what the other is recognised"
            + " by",
        "Keep or clone all of these, or put one under clone: {empty: […]}.",
        open.stream().map(TableId::toString).sorted().toList());
  }

  private void load(Load load) {
    SyncTable table = load.table();
    progress.at(table.label(), 0, load.rows());
    long sent;
    try (BulkLoad rows =
        table.isResolved() ? referenced.load(table) : dialect.cloning().load(session, table)) {
      sent = load.feed().applyAsLong(new ToldRows(rows, table.label(), load.rows(), progress));
      long taken = rows.finish();
      if (taken != sent) {
        throw SyncException.failed(
            "Loading rows of %s failed: of %d rows the server took %d"
                .formatted(table.label(), sent, taken),
            "The target is as it was. Run the command again.");
      }
    }
    if (table.isResolved()) {
      referenced.finish(table, load.hint());
    }
    counts.put(table.id(), sent);
  }

  /** Counts again what is there now, and refuses where it is not what was loaded. */
  void verify() {
    List<String> wrong = new ArrayList<>();
    loads
        .values()
        .forEach(
            load -> {
              SyncTable table = load.table();
              long there =
                  session.createQuery(dialect.merge().count(table.table())).mapTo(Long.class).one();
              long loaded = counts.getOrDefault(table.id(), 0L);
              if (there != loaded) {
                wrong.add("%s: %d rows, not %d".formatted(table.label(), there, loaded));
              }
            });
    if (!wrong.isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "The clone has not the rows that were loaded; the target is as it was",
          "Run the command again. If it says the same, please report it.",
          wrong);
    }
  }
}
