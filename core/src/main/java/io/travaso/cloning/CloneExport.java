package io.travaso.cloning;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.cloning.PackageManifest.RowsEntry;
import io.travaso.cloning.PackageManifest.TableShape;
import io.travaso.cloning.PackageWriter.RowsWriter;
import io.travaso.database.CloneSql;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.RowSink;
import io.travaso.database.ServerFacts;
import io.travaso.mask.Masking;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Takes a whole database out of its source, on the source's host. */
public final class CloneExport {
  private final CloneSide side;

  public CloneExport(CloneSide side) {
    this.side = side;
  }

  /**
   * What would be taken; nothing is written.
   *
   * @throws SyncException with all that keeps it from being taken
   */
  public CloneSource look(Progress progress) {
    Database database = side.database();
    Dialect dialect = database.dialect();
    return database.with(
        "Looking at " + database.name(),
        session -> {
          SourceRows source = SourceRows.of(side, session);
          source.masking();
          Map<TableId, Long> counts = new HashMap<>();
          for (SyncTable table : source.tables()) {
            progress.at("counting " + table.label(), counts.size(), source.tables().size());
            counts.put(
                table.id(),
                session.createQuery(dialect.merge().count(table.table())).mapTo(Long.class).one());
          }
          return describe(source, counts, dialect.serverFacts(session));
        });
  }

  private CloneSource describe(SourceRows source, Map<TableId, Long> counts, ServerFacts server) {
    List<CloneTable> tables = new ArrayList<>();
    for (Table table : source.choice().tables()) {
      Origin origin = source.origin(table);
      tables.add(
          new CloneTable(
              table.id().toString(),
              source.choice().label(table),
              origin,
              counts.getOrDefault(table.id(), 0L),
              origin == Origin.SOURCE ? source.masked(table) : List.of()));
    }
    return new CloneSource(
        side.environment().name(),
        server.engine(),
        server.version(),
        server.major(),
        server.databaseBytes(),
        side.config().fingerprint(),
        tables,
        source.extensions(),
        source.notes());
  }

  /**
   * Takes structure and rows, seen at one moment and masked, into one file that appears whole or
   * not at all.
   *
   * @param file ends in {@code .clone}
   */
  public ClonePackage run(Path file, Progress progress) {
    Database database = side.database();
    try (Handle session = database.session();
        PackageWriter writer = PackageWriter.create(file)) {
      database.dialect().bulk().beginSnapshot(session);
      SourceRows source = SourceRows.of(side, session);
      Masking masking = source.masking();
      Structure.of(side).write(session, writer);
      progress.tells("the structure of " + side.environment().name() + " is taken");
      List<RowsEntry> entries = new ArrayList<>();
      Map<TableId, Long> counts = new HashMap<>();
      for (SyncTable table : source.tables()) {
        RowsEntry entry = rows(session, table, masking, writer, entries.size(), progress);
        entries.add(entry);
        counts.put(table.id(), entry.rows());
      }
      CloneSql sql = database.dialect().cloning();
      CloneSource described = describe(source, counts, database.dialect().serverFacts(session));
      PackageManifest manifest =
          new PackageManifest(
              PackageManifest.FORMAT,
              side.toolVersion(),
              side.clock().instant().toString(),
              described,
              masking.keyCheck(),
              source.speaksOfKept(),
              side.catalog().defaultSchema(),
              side.catalog().models(),
              side.catalog().all().stream().map(TableShape::of).toList(),
              entries,
              sql.sequences(session),
              sql.filledViews(session));
      writer.bytes(PackageManifest.ENTRY, PackageManifest.JSON.writeValueAsBytes(manifest));
      writer.commit();
      return new ClonePackage(file.toString(), writer.sha256(), writer.bytes(), described);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Writing " + file + " failed: " + e.getMessage(),
          "Look at the disk and the folder's permissions.",
          e);
    } catch (JdbiException e) {
      throw database.dialect().explain("Reading " + database.name(), e);
    }
  }

  private RowsEntry rows(
      Handle session,
      SyncTable table,
      Masking masking,
      PackageWriter writer,
      int number,
      Progress progress)
      throws IOException {
    Dialect dialect = side.database().dialect();
    String name = "rows/" + number + ".zst";
    RowsWriter rows = writer.rows(name);
    try (rows) {
      RowSink masked = masking.over(table, new ToldRows(rows, table.label(), 0, progress));
      if (table.isResolved()) {
        dialect.bulk().export(session, table, masked);
      } else {
        dialect.cloning().copy(session, table, masked);
      }
    }
    return new RowsEntry(table.id(), name, slots(table), rows.rows(), rows.sha256());
  }

  /** What the values of a row are, in order. */
  static List<String> slots(SyncTable table) {
    return table.slots().stream().map(CloneExport::slot).toList();
  }

  private static String slot(Slot slot) {
    return slot.name() + " " + slot.source().name();
  }
}
