package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.Database;
import io.travaso.database.DigestSql;
import io.travaso.database.HorizonSql;
import io.travaso.database.HorizonSql.Counts;
import io.travaso.database.HorizonSql.Horizon;
import io.travaso.file.PartFile;
import io.travaso.filter.DigestFile;
import io.travaso.filter.RowDigests;
import io.travaso.ledger.Baselines;
import io.travaso.site.KeptDigests.Kept;
import io.travaso.site.KeptDigests.OfEntries;
import io.travaso.site.KeptDigests.OfRows;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/**
 * Reads digests in one snapshot: those that were kept from an earlier run, and from the database
 * what became another since; all from the database where none were kept, or they do not hold.
 */
final class DigestReader {
  /** How often progress is told, in rows. */
  private static final long STRIDE = 1 << 14;

  /** So many codes of what became another are held in memory. */
  private static final long MOST = 200_000;

  /** Where more than one row in so many became another, what is kept is brought up to date. */
  private static final long FEW = 50;

  private final Database database;
  private final Handle snapshot;
  private final Pace pace;
  private final KeptDigests kept;
  private boolean keeps;
  private final Progress progress;

  /**
   * Begins.
   *
   * @param keeps whether what is read is kept for the next run
   */
  DigestReader(
      Database database,
      Handle snapshot,
      Pace pace,
      KeptDigests kept,
      boolean keeps,
      Progress progress) {
    this.database = database;
    this.snapshot = snapshot;
    this.pace = pace;
    this.kept = kept;
    this.keeps = keeps;
    this.progress = progress;
  }

  private DigestSql sql() {
    return database.dialect().digests();
  }

  /** The digests of a table's rows; the caller closes them. */
  RowDigests rows(SyncTable table) {
    Optional<HorizonSql> horizons = database.dialect().horizons();
    Optional<Horizon> now = horizons.flatMap(h -> h.of(snapshot, table));
    if (now.isEmpty()) {
      return allRows(table);
    }
    String word = KeptDigests.hash(sql().format(snapshot, table));
    Optional<Kept<OfRows>> found =
        kept.rows(table.id(), progress).filter(k -> holds(k.of(), word, now.get()));
    if (found.isPresent()) {
      Optional<RowDigests> made = rowsSince(table, horizons.get(), found.get(), word, now.get());
      if (made.isPresent()) {
        return made.get();
      }
    }
    RowDigests all = allRows(table);
    keep(table, word, now.get(), all);
    return all;
  }

  private boolean holds(OfRows of, String word, Horizon now) {
    return of.word().equals(word)
        && of.table().equals(KeptDigests.hash(now.table()))
        && of.position() <= now.position()
        && database.dialect().horizons().orElseThrow().isMarked(snapshot, of.mark());
  }

  private RowDigests allRows(SyncTable table) {
    return filled(
        digests ->
            sql()
                .rows(
                    snapshot,
                    table,
                    database.dialect().baseline().compared(table),
                    (code, hash) -> row(table, digests, code, hash)));
  }

  /** Digests that are closed where reading them fails. */
  private static RowDigests filled(Consumer<RowDigests> filling) {
    RowDigests digests = new RowDigests();
    try {
      filling.accept(digests);
      return digests;
    } catch (RuntimeException e) {
      close(digests);
      throw e;
    }
  }

  private void row(SyncTable table, RowDigests digests, long code, long hash) throws IOException {
    pace.row();
    digests.row(code, hash);
    if (digests.rows() % STRIDE == 0) {
      progress.at(table.label(), digests.rows(), 0);
    }
  }

  /** Empty where a row that was kept is gone, or so many were written that it is not worth it. */
  private Optional<RowDigests> rowsSince(
      SyncTable table, HorizonSql horizons, Kept<OfRows> found, String word, Horizon now) {
    long position = found.of().position();
    Counts counts = horizons.count(snapshot, table, position);
    if (counts.since() > Math.min(MOST, counts.rows() / 2)) {
      return Optional.empty();
    }
    LongStream.Builder written = LongStream.builder();
    RowDigests made =
        counts.since() == 0
            ? new RowDigests()
            : filled(
                digests ->
                    horizons.rowsSince(
                        snapshot,
                        table,
                        database.dialect().baseline().compared(table),
                        position,
                        (code, hash) -> {
                          row(table, digests, code, hash);
                          written.add(code);
                        }));
    if (!others(found.file(), made, written.build().sorted().toArray())
        || made.rows() != counts.rows()) {
      close(made);
      return Optional.empty();
    }
    if (counts.since() > counts.rows() / FEW) {
      keep(table, word, now, made);
    }
    return Optional.of(made);
  }

  /** Adds what was kept of all others; false where that can't be had. */
  private boolean others(DigestFile file, RowDigests made, long[] known) {
    try {
      return file.read(made, code -> Arrays.binarySearch(known, code) < 0);
    } catch (IOException e) {
      progress.tells(
          "Reading digests that were kept failed (%s); all are taken again"
              .formatted(PartFile.reason(e)));
      return false;
    }
  }

  private void keep(SyncTable table, String word, Horizon now, RowDigests digests) {
    keeping(() -> kept.keep(table.id(), word, now, digests));
  }

  private interface Keeping {
    void run() throws IOException;
  }

  /** No run fails for what only makes the next one faster. */
  private void keeping(Keeping keeping) {
    if (keeps) {
      try {
        keeping.run();
      } catch (IOException e) {
        keeps = false;
        progress.tells(
            "Digests can't be kept (%s); the next sync takes all of them again"
                .formatted(PartFile.reason(e)));
      }
    }
  }

  /** The digests of the entries of a base; the caller closes them. */
  RowDigests entries(SyncTable table, Base base, Requests.Remember remember) {
    String run = remember.agreed().getOrDefault(table.id().toString(), "");
    String word = KeptDigests.hash(sql().format(snapshot, table) + " of " + base.columns());
    OfEntries now = new OfEntries(word, base.id(), base.number(), run);
    Optional<Kept<OfEntries>> found =
        kept.entries(table.id(), remember.peer(), progress).filter(k -> leadsTo(k.of(), now));
    if (found.isPresent()) {
      int since = found.get().of().number();
      Optional<RowDigests> made = entriesSince(table, base, since, found.get().file());
      if (made.isPresent()) {
        if (since != base.number()) {
          keeping(() -> kept.keep(table.id(), remember.peer(), now, made.get()));
        }
        return made.get();
      }
    }
    RowDigests all = filled(digests -> sql().entries(snapshot, table, base, digests));
    keeping(() -> kept.keep(table.id(), remember.peer(), now, all));
    return all;
  }

  /** Whether they are of an agreement that the later one still stands on. */
  private boolean leadsTo(OfEntries of, OfEntries now) {
    return of.word().equals(now.word())
        && of.baseline() == now.baseline()
        && of.number() <= now.number()
        && new Baselines(database).has(snapshot, of.baseline(), of.number(), of.run());
  }

  /** Empty where so many are others that it is not worth it. */
  private Optional<RowDigests> entriesSince(
      SyncTable table, Base base, int since, DigestFile file) {
    Others others = new Others();
    RowDigests made =
        since == base.number()
            ? new RowDigests()
            : filled(
                digests ->
                    sql()
                        .entriesSince(
                            snapshot,
                            table,
                            base,
                            since,
                            (code, hash) -> {
                              digests.row(code, hash);
                              others.add(code);
                            },
                            (code, hash) -> others.add(code)));
    if (others.count > MOST || !others(file, made, others.codes.build().sorted().toArray())) {
      close(made);
      return Optional.empty();
    }
    return Optional.of(made);
  }

  /** Codes of entries that became others, as many as are worth it. */
  private static final class Others {
    private final LongStream.Builder codes = LongStream.builder();
    private long count;

    void add(long code) {
      if (count++ < MOST) {
        codes.add(code);
      }
    }
  }

  private static void close(RowDigests digests) {
    try {
      digests.close();
    } catch (IOException e) {
      throw SyncException.failed(
          "Closing a temporary file failed: " + PartFile.reason(e), "Look at the disk it is on.");
    }
  }
}
