package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.database.Database;
import io.travaso.database.RowSink;
import io.travaso.database.ServerFacts;
import io.travaso.fixture.DigestsFile;
import io.travaso.fixture.FixtureFile;
import io.travaso.fixture.FixtureNames;
import io.travaso.fixture.FixtureWriter;
import io.travaso.fixture.Format;
import io.travaso.fixture.Manifest;
import io.travaso.fixture.MaskedColumns;
import io.travaso.mask.Masking;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Exports the set from one snapshot into a fixture. */
final class LocalExport {
  /** How often progress is told, in rows. */
  private static final long STRIDE = 1 << 14;

  private final SyncConfig config;
  private final Environment environment;
  private final LocalDatabase database;
  private final String toolVersion;
  private final Clock clock;
  private final LocalDigests digests;

  LocalExport(
      SyncConfig config,
      Environment environment,
      LocalDatabase database,
      String toolVersion,
      Clock clock,
      LocalDigests digests) {
    this.config = config;
    this.environment = environment;
    this.database = database;
    this.toolVersion = toolVersion;
    this.clock = clock;
    this.digests = digests;
  }

  Exported run(Requests.Export request, Progress progress) {
    TableSet set = database.set(request.tables());
    Masking masking = database.masks().masking(set, database.resolution().set());
    Path file = file(request);
    Supplier<Written> writing = () -> write(set, masking, file, request, progress);
    Written written =
        request.parts().isEmpty()
            ? database.reading().read(writing, progress)
            : database.reading().readOnce(writing);
    FixtureFile fixture = written.fixture();
    ServerFacts server = database.serverFacts();
    Manifest manifest =
        Manifest.of(
            new Manifest.Source(
                toolVersion,
                clock.instant().toString(),
                environment.name(),
                server.engine(),
                server.version(),
                config.fingerprint(),
                database.migrations(set)),
            set,
            fixture,
            masked(set, masking),
            written.heldBack());
    Path beside = Manifest.beside(file);
    manifest.write(beside);
    return new Exported(
        file.toString(),
        beside.toString(),
        fixture.sha256(),
        fixture.bytes(),
        fixture.records(),
        written.digests(),
        written.fresh(),
        written.heldBack().values().stream().mapToLong(Long::longValue).sum());
  }

  /** What the manifest says of the masks: never more than which there are. */
  private MaskedColumns masked(TableSet set, Masking masking) {
    List<MaskedColumns.OfTable> tables = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      Map<String, String> kinds = new TreeMap<>();
      database
          .masks()
          .resolved()
          .of(table.id())
          .forEach((column, mask) -> kinds.put(column, mask.kind().word()));
      if (!kinds.isEmpty()) {
        tables.add(new MaskedColumns.OfTable(table.id().toString(), kinds));
      }
    }
    return new MaskedColumns(masking.keyCheck(), tables);
  }

  private Path file(Requests.Export request) {
    if (request.file() == null) {
      return FixtureNames.next(
          config.exports().directory(), environment.name(), request.ending(), clock);
    }
    Path file = Path.of(request.file()).toAbsolutePath().normalize();
    FixtureNames.refuseTakenManifest(file);
    return file;
  }

  /**
   * What was written.
   *
   * @param digests the file with the digests to remember; null where there are none
   * @param fresh whether any of them is of a row that is not as it was agreed on
   * @param heldBack of tables of which a part was written, how many rows were not
   */
  private record Written(
      FixtureFile fixture, @Nullable String digests, boolean fresh, Map<String, Long> heldBack) {}

  private Written write(
      TableSet set, Masking masking, Path file, Requests.Export request, Progress progress) {
    LocalReading reading = database.reading();
    Database open = reading.database();
    try (Handle session = session(reading, request);
        FixtureWriter writer = FixtureWriter.create(file, Format.of(file, request.indent()))) {
      ExportedParts parts = ExportedParts.of(digests, set, request);
      Set<TableId> links = set.linkTables();
      for (SyncTable table : set.tables()) {
        if (links.contains(table.id())) {
          String count = open.dialect().merge().count(table.table());
          writer.links(table, session.createQuery(count).mapTo(Long.class).one());
          continue;
        }
        RowSink rows = reading.pace().over(told(writer.table(table), table, progress));
        export(open, session, table, parts, masking.over(table, rows));
      }
      return remember(session, set, request, parts, file, writer.finish());
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Writing " + file + " failed: " + e.getMessage(),
          "Look at the disk and the folder's permissions.",
          e);
    } catch (JdbiException e) {
      throw open.dialect().explain("Exporting from " + open.name(), e);
    }
  }

  /** What was compared by digests is exported as it was then. */
  private Handle session(LocalReading reading, Requests.Export request) {
    if (!request.parts().isEmpty()) {
      return digests.takeSnapshot();
    }
    Handle session = reading.session();
    try {
      reading.database().dialect().bulk().beginSnapshot(session);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** In the export's own snapshot, so that what is remembered is what was exported. */
  private Written remember(
      Handle session,
      TableSet set,
      Requests.Export request,
      ExportedParts parts,
      Path file,
      FixtureFile fixture) {
    Requests.Remember remember = request.remember();
    if (remember == null) {
      return new Written(fixture, null, false, parts.heldBack());
    }
    Path beside = DigestsFile.beside(file);
    LocalAgreements.Counts written =
        new LocalAgreements(database, clock).write(session, set, remember, parts.since(), beside);
    return written.isNothing()
        ? new Written(fixture, null, false, parts.heldBack())
        : new Written(fixture, beside.toString(), written.changed() > 0, parts.heldBack());
  }

  /** A failure names rows by their key, which may be what is masked. */
  private void export(
      Database open, Handle session, SyncTable table, ExportedParts parts, RowSink rows) {
    try {
      parts.export(open.dialect().bulk(), session, table, rows);
    } catch (SyncException e) {
      boolean secret =
          database.masks().nameless(new TableSet(List.of(List.of(table)))).contains(table.id());
      throw secret && !e.details().isEmpty()
          ? new SyncException(
              e.kind(),
              e.what(),
              e.hint(),
              List.of(
                  "%s: %d rows or more, not named since their key is masked"
                      .formatted(table.label(), e.details().size())))
          : e;
    }
  }

  private static RowSink told(RowSink rows, SyncTable table, Progress progress) {
    return new RowSink() {
      private long count;

      @Override
      public void row(byte[] buffer, int offset, int length) throws IOException {
        rows.row(buffer, offset, length);
        if (++count % STRIDE == 0) {
          progress.at(table.label(), count, 0);
        }
      }
    };
  }
}
