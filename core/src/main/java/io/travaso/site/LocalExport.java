package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.database.Database;
import io.travaso.database.RowSink;
import io.travaso.database.ServerFacts;
import io.travaso.fixture.FixtureFile;
import io.travaso.fixture.FixtureNames;
import io.travaso.fixture.FixtureWriter;
import io.travaso.fixture.Format;
import io.travaso.fixture.Manifest;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Exports the set from one snapshot into a fixture. */
final class LocalExport {
  /** How often progress is told, in rows. */
  private static final long STRIDE = 1 << 14;

  private final SyncConfig config;
  private final Environment environment;
  private final LocalDatabase database;
  private final String toolVersion;
  private final Clock clock;

  LocalExport(
      SyncConfig config,
      Environment environment,
      LocalDatabase database,
      String toolVersion,
      Clock clock) {
    this.config = config;
    this.environment = environment;
    this.database = database;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  Exported run(Requests.Export request, Progress progress) {
    TableSet set = database.set(request.tables());
    Path file = file(request);
    FixtureFile fixture = write(set, file, request.indent(), progress);
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
            fixture);
    Path beside = Manifest.beside(file);
    manifest.write(beside);
    return new Exported(
        file.toString(), beside.toString(), fixture.sha256(), fixture.bytes(), fixture.records());
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

  private FixtureFile write(TableSet set, Path file, int indent, Progress progress) {
    Database open = database.get();
    try (Handle session = open.session();
        FixtureWriter writer = FixtureWriter.create(file, Format.of(file, indent))) {
      open.dialect().bulk().beginSnapshot(session);
      Set<TableId> links = set.linkTables();
      for (SyncTable table : set.tables()) {
        if (links.contains(table.id())) {
          String count = open.dialect().merge().count(table.table());
          writer.links(table, session.createQuery(count).mapTo(Long.class).one());
          continue;
        }
        RowSink rows = told(writer.table(table), table, progress);
        open.dialect().bulk().export(session, table, rows);
      }
      return writer.finish();
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
