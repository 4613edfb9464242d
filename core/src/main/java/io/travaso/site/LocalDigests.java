package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.Database;
import io.travaso.filter.Codes;
import io.travaso.filter.Comparison;
import io.travaso.filter.Difference;
import io.travaso.filter.Question;
import io.travaso.filter.RowDigests;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The digests of a site's rows, and what was asked about them. */
final class LocalDigests implements AutoCloseable {
  private final LocalDatabase database;
  private final Clock clock;
  private final KeptDigests kept;
  private final Map<TableId, RowDigests> taken = new LinkedHashMap<>();
  private final Map<TableId, Difference> since = new HashMap<>();
  private @Nullable Handle snapshot;
  private OwnEntries own = OwnEntries.NONE;

  LocalDigests(LocalDatabase database, Clock clock, KeptDigests kept) {
    this.database = database;
    this.clock = clock;
    this.kept = kept;
  }

  List<DigestibleTable> digestible(Requests.Digestible request) {
    Database open = database.get();
    TableSet set = database.set(request.tables());
    return open.with(
        "Asking " + open.name() + " how it digests rows",
        session -> {
          Map<TableId, Base> bases = bases(session, set, request.remember());
          List<DigestibleTable> tables = new ArrayList<>();
          for (SyncTable table : set.tables()) {
            String word =
                isDigestible(table, set) ? open.dialect().digests().format(session, table) : "";
            tables.add(
                new DigestibleTable(
                    table.id().toString(), word, continued(table, bases).isPresent()));
          }
          return tables;
        });
  }

  /**
   * What travels of such a table's rows are their own values, all of them. Masks are applied on the
   * way, links stand in other records, and a reference by meaning has another id on the other side.
   */
  private boolean isDigestible(SyncTable table, TableSet set) {
    Set<TableId> links = set.linkTables();
    return !table.isResolved()
        && table.links().isEmpty()
        && !links.contains(table.id())
        && database.masks().resolved().of(table.id()).isEmpty();
  }

  private Map<TableId, Base> bases(
      Handle session, TableSet set, Requests.@Nullable Remember remember) {
    return remember == null
        ? Map.of()
        : new LocalAgreements(database, clock)
            .bases(session, remember.peer(), remember.agreed(), set);
  }

  private Optional<Base> continued(SyncTable table, Map<TableId, Base> bases) {
    return new LocalAgreements(database, clock).continued(table.id(), bases.get(table.id()));
  }

  List<DigestedTable> digest(Requests.Digest request, Progress progress) {
    return database.reading().read(() -> digests(request, progress), progress);
  }

  private List<DigestedTable> digests(Requests.Digest request, Progress progress) {
    close();
    boolean source = request.role() == Requests.Role.SOURCE;
    LocalReading reading = source ? database.reading() : null;
    Database open = reading == null ? database.get() : reading.database();
    Handle session = reading == null ? open.session() : reading.session();
    try {
      database.reading().digesting(session);
      open.dialect().bulk().beginSnapshot(session);
      List<DigestedTable> digested = new ArrayList<>();
      TableSet set = database.resolution().set();
      Map<TableId, Base> bases = bases(session, set, request.remember());
      DigestReader reader =
          new DigestReader(
              open, session, database.reading().pace(), kept, request.keep(), progress);
      for (SyncTable table : set.tables()) {
        if (request.tables().contains(table.id().toString())) {
          RowDigests rows = reader.rows(table);
          taken.put(table.id(), rows);
          digested.add(
              new DigestedTable(
                  table.id().toString(),
                  rows.rows(),
                  since(reader, table, bases, request.remember())));
        }
      }
      note(session, request.first());
      if (source) {
        snapshot = session;
      }
      return digested;
    } catch (RuntimeException e) {
      close();
      throw open.dialect().explain("Digesting the rows of " + open.name(), e);
    } finally {
      if (snapshot == null) {
        session.close();
      }
    }
  }

  /** In the snapshot that was digested, so that what is alike is what the source has. */
  private void note(Handle session, List<String> first) {
    if (!first.isEmpty()) {
      Path file = kept.temporary();
      own = new OwnEntries(file);
      List<SyncTable> tables =
          database.resolution().set().tables().stream()
              .filter(table -> first.contains(table.id().toString()))
              .toList();
      new LocalAgreements(database, clock).writeAll(session, tables, file);
    }
  }

  /**
   * What was noted of tables that are to be remembered for the first time; the caller closes it.
   */
  OwnEntries takeOwnEntries() {
    OwnEntries noted = own;
    own = OwnEntries.NONE;
    return noted;
  }

  List<byte[]> answers(List<Question> questions) {
    return questions.stream().map(q -> required(q.table()).answer(q)).toList();
  }

  private RowDigests required(String table) {
    return taken.entrySet().stream()
        .filter(e -> e.getKey().toString().equals(table))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                SyncException.failed(
                    "No digests were taken of " + table, "Run the command again."));
  }

  /** The session that sees what was digested; the caller closes it. */
  Handle takeSnapshot() {
    Handle kept = snapshot;
    if (kept == null) {
      throw SyncException.failed(
          "A part of the rows was asked for before any were compared", "Run the command again.");
    }
    snapshot = null;
    return kept;
  }

  /** The sums of all digests, by table. */
  Map<TableId, Long> sums() {
    return taken.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum()));
  }

  /** How many rows of a table were digested. */
  long rows(TableId table) {
    return required(table.toString()).rows();
  }

  private DigestedTable.@Nullable Since since(
      DigestReader reader,
      SyncTable table,
      Map<TableId, Base> bases,
      Requests.@Nullable Remember remember) {
    Optional<Base> base = continued(table, bases);
    return base.isEmpty() || remember == null
        ? null
        : since(table, () -> reader.entries(table, base.get(), remember));
  }

  private DigestedTable.@Nullable Since since(SyncTable table, Supplier<RowDigests> reading) {
    String id = table.id().toString();
    try (RowDigests entries = reading.get()) {
      Optional<Difference> found = Comparison.of(id, required(id), entries);
      if (found.isEmpty()) {
        return null;
      }
      since.put(table.id(), found.get());
      return new DigestedTable.Since(
          entries.sum(), Codes.of(id, found.get().here()), Codes.of(id, found.get().there()));
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Comparing " + table.label() + " with its baseline failed: " + e,
          "Look at the disk that temporary files are written to.",
          e);
    }
  }

  /**
   * What of a table is not as it was agreed on: rows that changed or are new, and those that are
   * gone; empty where that is too much to be named.
   */
  Optional<Difference> since(TableId table) {
    return Optional.ofNullable(since.get(table));
  }

  @Override
  public void close() {
    Handle kept = snapshot;
    snapshot = null;
    if (kept != null) {
      kept.close();
    }
    for (RowDigests digests : taken.values()) {
      try {
        digests.close();
      } catch (IOException e) {
        throw SyncException.failed(
            "Closing a temporary file failed: " + e, "Look at the disk it is on.");
      }
    }
    taken.clear();
    since.clear();
    takeOwnEntries().close();
  }
}
