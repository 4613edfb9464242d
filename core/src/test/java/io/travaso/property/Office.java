package io.travaso.property;

import io.travaso.Finding;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.RowSink;
import io.travaso.filter.Doubt;
import io.travaso.filter.Filter;
import io.travaso.filter.Filtering;
import io.travaso.fixture.FixtureFile;
import io.travaso.fixture.FixtureReader;
import io.travaso.fixture.FixtureWriter;
import io.travaso.fixture.Format;
import io.travaso.fixture.LeftOutFields;
import io.travaso.fixture.Manifest;
import io.travaso.fixture.RecordSink;
import io.travaso.merge.CommitRecord;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.MergeResult;
import io.travaso.merge.Merger;
import io.travaso.table.Catalog;
import io.travaso.table.NameAsWritten;
import io.travaso.table.SyncTable;
import io.travaso.table.TableRequest;
import io.travaso.table.TableSet;
import io.travaso.table.TableSetResolver;
import io.travaso.table.TableSetResolver.Resolution;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One database with a random schema, and what a sync does with it: export and merge by fixtures.
 */
final class Office implements AutoCloseable {
  final TestDatabase database;
  private final Server server;
  private final List<RandomTable> tables;
  private final Database open;
  private @Nullable Catalog catalog;

  Office(Server server, List<RandomTable> tables) {
    this.server = server;
    this.database = server.take();
    this.tables = tables;
    this.open =
        Database.open(
            new ConnectionSettings(
                database.engine().scheme(),
                database.server().host(),
                database.server().port(),
                database.name(),
                database.user(),
                Map.of(),
                new Secret(database.password())));
  }

  /** Once: it does not change. */
  private Catalog catalog() {
    Catalog known = catalog;
    if (known == null) {
      known = open.with("Reading the catalog", open.dialect()::readCatalog);
      catalog = known;
    }
    return known;
  }

  private TableSet set(Catalog catalog) {
    List<TableRequest> requests =
        tables.stream()
            .map(t -> new TableRequest(new NameAsWritten(t.schema, t.name), null, List.of()))
            .toList();
    Resolution resolution = TableSetResolver.resolve(catalog, requests, List.of(), List.of());
    Finding.throwProblems("The set", resolution.findings());
    return resolution.set();
  }

  /** Exports all tables to a fixture with its manifest. */
  void export(Path file, int indent) throws IOException {
    TableSet set = set(catalog());
    try (Handle session = open.session();
        FixtureWriter writer = FixtureWriter.create(file, Format.of(file, indent))) {
      open.dialect().bulk().beginSnapshot(session);
      for (SyncTable table : set.tables()) {
        open.dialect().bulk().export(session, table, writer.table(table));
      }
      FixtureFile fixture = writer.finish();
      Manifest.Source source =
          new Manifest.Source(
              "0", "2026-11-20T00:00:00Z", "dev", database.engine().scheme(), "0", "0", List.of());
      Manifest.of(source, set, fixture).write(Manifest.beside(file));
    }
  }

  /** Plans the merge of a fixture, all of whose rows are staged; to be closed. */
  Planned plan(Path file, MergePolicy policy) throws IOException {
    return plan(file, policy, /* filtered= */ false);
  }

  /**
   * Plans the merge of a fixture, whose rows are held back where the target has them already; to be
   * closed.
   */
  Planned planFiltered(Path file, MergePolicy policy) throws IOException {
    try {
      return plan(file, policy, /* filtered= */ true);
    } catch (Doubt doubt) {
      return plan(file, policy);
    }
  }

  private Planned plan(Path file, MergePolicy policy, boolean filtered) throws IOException {
    Manifest manifest = Manifest.read(Manifest.beside(file));
    manifest.check(file);
    Catalog catalog = catalog();
    TableSet set = set(catalog);
    Merger merger = Merger.open(open, catalog, set, policy, "prod");
    try (Filter filter = Filtering.before(merger, open, file)) {
      Map<String, SyncTable> models = new HashMap<>();
      set.tables().forEach(t -> models.put(t.model(), t));
      RecordSink sink = filtered ? filter : new Stage(merger);
      FixtureReader.read(file, manifest, models, LeftOutFields.none(), sink);
      return new Planned(merger, merger.plan());
    } catch (SyncException e) {
      merger.close();
      // Its text has none of them.
      e.details().forEach(detail -> e.addSuppressed(new AssertionError(detail)));
      throw e;
    } catch (RuntimeException | IOException e) {
      merger.close();
      throw e;
    }
  }

  /** A plan and the session that can apply it. */
  record Planned(Merger merger, MergePlan plan) implements AutoCloseable {

    MergeResult apply() {
      return merger.apply(plan, new Unrecorded());
    }

    @Override
    public void close() {
      merger.close();
    }
  }

  private static final class Stage implements RecordSink {
    private final Merger merger;
    private @Nullable BulkLoad load;

    Stage(Merger merger) {
      this.merger = merger;
    }

    @Override
    public RowSink begin(SyncTable table) {
      load = merger.staging().load(table);
      return load;
    }

    @Override
    public void end() {
      if (load != null) {
        load.finish();
        load = null;
      }
    }
  }

  private static final class Unrecorded implements CommitRecord {
    @Override
    public void write(Handle transaction, MergeResult result) {
      // Nothing is recorded.
    }

    @Override
    public boolean isCommitted() {
      throw new AssertionError("Nobody should have to ask");
    }
  }

  @Override
  public void close() {
    open.close();
    server.giveBack(database);
  }
}
