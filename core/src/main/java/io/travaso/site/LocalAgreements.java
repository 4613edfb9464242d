package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.BulkLoad;
import io.travaso.database.Database;
import io.travaso.database.RowSink;
import io.travaso.filter.Difference;
import io.travaso.fixture.DigestsFile;
import io.travaso.ledger.Baselines;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.TableAgreements;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What a site remembers of having agreed with another. */
final class LocalAgreements {
  private final LocalDatabase database;
  private final Clock clock;

  LocalAgreements(LocalDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  List<TableAgreements> with(String peer) {
    Database open = database.get();
    return open.with(
        "Reading the baseline in " + open.name(),
        session -> new Baselines(open).agreements(session, peer));
  }

  /** What was agreed on of each table, as far as it is of use. */
  Map<TableId, Base> bases(Handle session, String peer, Map<String, String> agreed, TableSet set) {
    Baselines baselines = new Baselines(database.get());
    Map<TableId, Base> bases = new HashMap<>();
    for (SyncTable table : set.tables()) {
      String run = agreed.get(table.id().toString());
      if (run != null) {
        baselines.find(session, peer, table, run).ifPresent(base -> bases.put(table.id(), base));
      }
    }
    return bases;
  }

  /** The columns whose digests are remembered: whatever a single run leaves out. */
  List<String> digested(TableId table) {
    SyncTable whole = database.resolution().set().find(table).orElseThrow();
    return sql().compared(whole).stream().map(Column::name).toList();
  }

  private BaselineSql sql() {
    return database.get().dialect().baseline();
  }

  /** The agreement that a base is continued by; none where its entries are of other columns. */
  Optional<Base> continued(TableId table, @Nullable Base base) {
    return Optional.ofNullable(base).filter(b -> b.columns().equals(digested(table)));
  }

  /** How many rows are not as they were agreed on, and how many are gone. */
  record Counts(long changed, long gone) {

    boolean isNothing() {
      return changed + gone == 0;
    }

    Counts plus(Counts other) {
      return new Counts(changed + other.changed, gone + other.gone);
    }
  }

  /**
   * Writes the digests of what was exported, as it is seen in the export's own snapshot.
   *
   * @param since what is not as it was agreed on, of tables where that is known
   * @return how many; no file stays where there are none
   */
  Counts write(
      Handle snapshot,
      TableSet set,
      Requests.Remember remember,
      Map<TableId, Difference> since,
      Path file) {
    Map<TableId, Base> bases = bases(snapshot, remember.peer(), remember.agreed(), set);
    List<Counts> written = new ArrayList<>();
    DigestsFile.write(
        file,
        writer -> {
          for (SyncTable table : set.tables()) {
            writer.table(table.id().toString());
            Base base = bases.get(table.id());
            Difference known = since.get(table.id());
            written.add(
                known == null || base == null
                    ? write(snapshot, table, base, writer)
                    : write(snapshot, table, base, known, writer));
          }
        });
    Counts all = written.stream().reduce(new Counts(0, 0), Counts::plus);
    if (all.isNothing()) {
      delete(file);
    }
    return all;
  }

  /** Writes the digests of all rows of tables, as they are seen in a snapshot. */
  void writeAll(Handle snapshot, List<SyncTable> tables, Path file) {
    DigestsFile.write(
        file,
        writer -> {
          for (SyncTable table : tables) {
            writer.table(table.id().toString());
            sql().changed(snapshot, table, null, digested(table.id()), writer.rows());
          }
        });
  }

  /** A table of which nothing was agreed on yet has something new, be it that it is empty. */
  private Counts write(
      Handle snapshot, SyncTable table, @Nullable Base known, DigestsFile.Writer writer)
      throws IOException {
    Optional<Base> base = continued(table.id(), known);
    Fresh fresh = new Fresh(writer.rows());
    long changed = sql().changed(snapshot, table, base.orElse(null), digested(table.id()), fresh);
    if (base.isEmpty()) {
      return new Counts(changed + 1, 0);
    }
    String rows = database.get().dialect().merge().count(table.table());
    long agreed = count(snapshot, sql().count(base.get()));
    boolean allThere = count(snapshot, rows) - fresh.count == agreed;
    return new Counts(
        changed, allThere ? 0 : sql().gone(snapshot, table, base.get(), writer.gone()));
  }

  /** A table of which it is known what is not as it was agreed on. */
  private Counts write(
      Handle snapshot, SyncTable table, Base base, Difference since, DigestsFile.Writer writer)
      throws IOException {
    long changed = 0;
    if (since.here().length > 0) {
      changed =
          sql().changed(snapshot, table, base, digested(table.id()), since.here(), writer.rows());
    }
    long gone = since.there().length > 0 ? sql().gone(snapshot, table, base, writer.gone()) : 0;
    return new Counts(changed, gone);
  }

  private static long count(Handle session, String query) {
    return session.createQuery(query).mapTo(Long.class).one();
  }

  /** Counts the rows that the base has no entry of. */
  private static final class Fresh implements RowSink {
    private final RowSink to;
    private long count;

    Fresh(RowSink to) {
      this.to = to;
    }

    @Override
    public void row(byte[] buffer, int offset, int length) throws IOException {
      byte flag = buffer[offset + length - 1];
      count += flag == 't' || flag == '1' ? 1 : 0;
      to.row(buffer, offset, length);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw SyncException.failed("Removing " + file + " failed: " + e, "Look at the folder.");
    }
  }

  /** Remembers what was exported, tied to a run that the other side may write or not. */
  void agree(Requests.Agree request) {
    Database open = database.get();
    new Ledger(open).create();
    open.inTransaction(
        "Remembering what was exported from " + open.name(),
        transaction -> {
          Loading loading = new Loading(transaction, request);
          DigestsFile.read(Path.of(request.digests()), loading);
          loading.finish();
          keepOnlyTheSet(transaction, request.remember().peer());
          return true;
        });
  }

  /** Forgets what was agreed on about tables that are not in the set any more. */
  void keepOnlyTheSet(Handle transaction, String peer) {
    new Baselines(database.get())
        .keepOnly(
            transaction,
            peer,
            database.resolution().set().tables().stream().map(t -> t.id().toString()).toList());
  }

  /** Puts the lines of a digests' file into the ledger. */
  private final class Loading implements DigestsFile.Reader {
    private static final String ROWS = "travaso_remembered";
    private static final String DELTA = "travaso_delta";
    private static final String GONE = "travaso_gone";

    private final Handle transaction;
    private final Requests.Agree request;
    private final TableSet set;
    private final Map<TableId, Base> bases;
    private @Nullable SyncTable table;
    private @Nullable BulkLoad rows;
    private @Nullable BulkLoad gone;
    private boolean stored;
    private boolean grown;

    Loading(Handle transaction, Requests.Agree request) {
      this.transaction = transaction;
      this.request = request;
      this.set = database.resolution().set();
      this.bases = bases(transaction, request.remember().peer(), request.remember().agreed(), set);
    }

    @Override
    public void table(String name) {
      end();
      table =
          set.tables().stream()
              .filter(t -> t.id().toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      SyncException.failed(
                          "The export is of a table that is not in the set: " + name,
                          "Was the configuration changed meanwhile? Run the command again."));
      rows = sql().load(transaction, table, ROWS, /* withDigests= */ true);
      stored = false;
    }

    @Override
    public void row(byte[] buffer, int length) throws IOException {
      required(rows).row(buffer, 0, length);
    }

    @Override
    public void gone(byte[] buffer, int length) throws IOException {
      if (gone == null) {
        finishRows();
        gone = sql().load(transaction, required(table), GONE, /* withDigests= */ false);
      }
      gone.row(buffer, 0, length);
    }

    private static <T> T required(@Nullable T value) {
      if (value == null) {
        throw new IllegalStateException("A row before its table");
      }
      return value;
    }

    private void finishRows() {
      if (rows != null) {
        rows.finish();
        rows = null;
      }
    }

    /** A connection that takes rows takes nothing else. */
    private boolean finishGone() {
      if (gone == null) {
        return false;
      }
      gone.finish();
      gone = null;
      return true;
    }

    void end() {
      if (table == null || stored) {
        return;
      }
      finishRows();
      boolean someAreGone = finishGone();
      TableId id = table.id();
      sql().loaded(ROWS, DELTA).forEach(transaction::execute);
      Base begun =
          new Baselines(database.get())
              .begin(
                  transaction,
                  request.remember().peer(),
                  table,
                  digested(id),
                  continued(id, bases.get(id)),
                  request.run(),
                  clock.instant());
      if (someAreGone) {
        if (request.settled().contains(id.toString())) {
          sql().endLoaded(begun.id(), begun.number(), GONE).forEach(transaction::execute);
        }
        drop(GONE);
      }
      sql().store(begun.id(), begun.number(), DELTA).forEach(transaction::execute);
      drop(DELTA);
      stored = true;
      grown |= begun.number() == BaselineSql.FIRST;
    }

    void finish() {
      end();
      if (grown) {
        sql().grown().forEach(transaction::execute);
      }
    }

    private void drop(String temporary) {
      try {
        transaction.execute(database.get().dialect().merge().dropTemporary(temporary));
      } catch (JdbiException e) {
        throw database.get().dialect().explain("Remembering what was exported", e);
      }
    }
  }
}
