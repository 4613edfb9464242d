package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.filter.Doubt;
import io.travaso.table.Catalog;
import io.travaso.table.ColumnRule;
import io.travaso.table.ColumnRules;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Reference;
import io.travaso.table.ReferenceRule;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableRequest;
import io.travaso.table.TableSet;
import io.travaso.table.TableSetResolver;
import io.travaso.table.TableSetResolver.Resolution;
import io.travaso.testing.Contents;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Two databases of one schema, and the merge of the source into the target: exported, staged,
 * planned and applied as a sync does it, without a fixture between.
 *
 * <p>All tables are in the set unless {@link #only}, {@link #exclude} or {@link #select} say less.
 */
final class Pair implements AutoCloseable {
  final TestDatabase source;
  final TestDatabase target;
  private final List<TableRequest> requests = new ArrayList<>();
  private final List<NameAsWritten> excluded = new ArrayList<>();
  private final List<ReferenceRule> references = new ArrayList<>();
  private final List<ColumnRules> columns = new ArrayList<>();
  private List<String> selected = List.of();
  private Duration lockWait = Duration.ofSeconds(3);
  private @Nullable Database from;
  private @Nullable Database to;

  private Pair(TestDatabase source, TestDatabase target) {
    this.source = source;
    this.target = target;
  }

  /** Both databases on PostgreSQL, with this schema. */
  static Pair of(String... schema) {
    return of(Engine.POSTGRESQL, schema);
  }

  /** Both databases with this schema. */
  static Pair of(Engine engine, String... schema) {
    return on(engine.shared(), schema);
  }

  /** From one engine to the other, each with a schema of its own. */
  static Pair across(Engine source, String sourceSchema, Engine target, String targetSchema) {
    Pair pair = new Pair(DatabasePool.take(source.shared()), DatabasePool.take(target.shared()));
    pair.source.execute(sourceSchema);
    pair.target.execute(targetSchema);
    return pair;
  }

  static Pair on(TestServer server, String... schema) {
    Pair pair = new Pair(DatabasePool.take(server), DatabasePool.take(server));
    pair.source.execute(schema);
    pair.target.execute(schema);
    return pair;
  }

  /** Does something in the source. */
  Pair source(String... sql) {
    source.execute(sql);
    return this;
  }

  /** Does something in the target. */
  Pair target(String... sql) {
    target.execute(sql);
    return this;
  }

  /** Does something in both. */
  Pair both(String... sql) {
    return source(sql).target(sql);
  }

  /** Does something in both as a superuser, as set-up. */
  Pair admin(String... sql) {
    source.executeAsAdmin(sql);
    target.executeAsAdmin(sql);
    return this;
  }

  Pair only(String... names) {
    for (String name : names) {
      requests.add(new TableRequest(new NameAsWritten(null, name), null, List.of()));
    }
    return this;
  }

  /** A table by its name as Django's model: {@code shop.Item}. */
  Pair model(String app, String name, String... match) {
    requests.add(new TableRequest(new NameAsWritten(app, name), null, List.of(match)));
    return this;
  }

  Pair match(String name, String... columns) {
    requests.add(new TableRequest(new NameAsWritten(null, name), null, List.of(columns)));
    return this;
  }

  Pair exclude(String... names) {
    for (String name : names) {
      excluded.add(new NameAsWritten(null, name));
    }
    return this;
  }

  /** An excluded table whose rows are recognised by these columns. */
  Pair reference(String name, Reference.Missing missing, String... match) {
    exclude(name);
    references.add(new ReferenceRule(new NameAsWritten(null, name), List.of(match), missing));
    return this;
  }

  Pair reference(String name, String... match) {
    return reference(name, new Reference.Refuse(), match);
  }

  /** A rule for a column; the environments are called source and target. */
  Pair column(String table, String column, ColumnRule rule) {
    columns.add(new ColumnRules(new NameAsWritten(null, table), Map.of(column, rule)));
    return this;
  }

  /** How long the merge waits for locks. */
  Pair lockWait(Duration wait) {
    lockWait = wait;
    return this;
  }

  /** Only these tables of the set. */
  Pair select(String... names) {
    selected = List.of(names);
    return this;
  }

  Database from() {
    if (from == null) {
      from = open(source);
    }
    return from;
  }

  Database to() {
    if (to == null) {
      to = open(target);
    }
    return to;
  }

  static Database open(TestDatabase database) {
    return open(database, database.server().port(), Map.of());
  }

  static Database open(TestDatabase database, int port, Map<String, String> parameters) {
    return Database.open(
        new ConnectionSettings(
            database.engine().scheme(),
            database.server().host(),
            port,
            database.name(),
            database.user(),
            parameters,
            new Secret(database.password())));
  }

  static Catalog catalog(Database database) {
    return database.with("Reading the catalog", database.dialect()::readCatalog);
  }

  Resolution resolve(Catalog catalog) {
    List<TableRequest> asked = new ArrayList<>(requests);
    if (asked.isEmpty()) {
      List<TableId> without =
          excluded.stream().map(n -> new TableId(catalog.defaultSchema(), n.name())).toList();
      catalog.all().stream()
          .filter(t -> !without.contains(t.id()))
          .forEach(t -> asked.add(whole(t.id())));
    }
    return TableSetResolver.resolve(catalog, asked, excluded, references, columns);
  }

  private static TableRequest whole(TableId id) {
    return new TableRequest(new NameAsWritten(id.schema(), id.name()), null, List.of());
  }

  private TableSet set(Catalog catalog) {
    Resolution resolution = resolve(catalog);
    Finding.throwProblems("The set", resolution.findings());
    return resolution.set().select(selected);
  }

  /** Stages everything and plans; to be closed. */
  Planned plan(MergePolicy policy) {
    return plan(policy, to());
  }

  /** Stages everything and plans on this way to the target. */
  Planned plan(MergePolicy policy, Database database) {
    return plan(policy, database, this::stage);
  }

  /** Stages these rows in bulk text, whatever the source holds. */
  Planned planRows(String table, String... rows) {
    return plan(MergePolicy.UPSERT, to(), merger -> stageRows(merger, table, rows));
  }

  /** Stages these rows as Django's serializer has them. */
  Planned planForeignRows(String table, String... rows) {
    return plan(
        MergePolicy.UPSERT,
        to(),
        merger -> {
          merger.compareAsDjango();
          stageRows(merger, table, rows);
        });
  }

  private static void stageRows(Merger merger, String table, String... rows) {
    SyncTable to = merger.set().find(new TableId("public", table)).orElseThrow();
    try (BulkLoad load = merger.staging().load(to)) {
      for (String row : rows) {
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        load.row(bytes, 0, bytes.length);
      }
      load.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Planned plan(MergePolicy policy, Database database, Consumer<Merger> stage) {
    Catalog catalog = catalog(database);
    TableSet set = set(catalog);
    Merger merger = Merger.open(database, catalog, set, policy, "target", lockWait);
    try {
      stage.accept(merger);
      return new Planned(merger, merger.plan());
    } catch (SyncException e) {
      merger.close();
      e.details().forEach(detail -> e.addSuppressed(new AssertionError(detail)));
      throw e;
    } catch (RuntimeException e) {
      merger.close();
      throw e;
    }
  }

  /** The same, but rows that both sides have alike are held back where that can be told. */
  Planned planFiltered(MergePolicy policy) {
    TableSet merged = set(catalog(to()));
    TableSet exported = set(catalog(from()));
    if (!SourceRows.areAlike(from(), exported, to(), merged)) {
      return plan(policy);
    }
    try {
      return plan(policy, to(), merger -> SourceRows.stageFiltered(from(), exported, merger, to()));
    } catch (Doubt doubt) {
      return plan(policy);
    }
  }

  private void stage(Merger merger) {
    SourceRows.stage(from(), set(catalog(from())), merger);
  }

  /** A plan and the session that can apply it. */
  record Planned(Merger merger, MergePlan plan) implements AutoCloseable {

    MergeResult apply() {
      return apply(new Unrecorded());
    }

    MergeResult apply(CommitRecord record) {
      return merger.apply(plan, record);
    }

    @Override
    public void close() {
      merger.close();
    }
  }

  /** Writes no record, so that it can't say either. */
  static class Unrecorded implements CommitRecord {
    @Override
    public void write(Handle transaction, MergeResult result) {
      // Nothing is recorded.
    }

    @Override
    public boolean isCommitted() {
      throw new AssertionError("Nobody should have to ask");
    }
  }

  /** Plans and applies. */
  MergeResult run(MergePolicy policy) {
    try (Planned planned = plan(policy)) {
      return planned.apply();
    }
  }

  MergeResult merge() {
    return run(MergePolicy.UPSERT);
  }

  MergeResult replace() {
    return run(MergePolicy.FULL_REPLACE);
  }

  /** Merges, expects these counts, and that a second merge finds nothing to do. */
  Pair merges(String... counts) {
    return twice(MergePolicy.UPSERT, counts);
  }

  /** As {@link #merges}, replacing; and the tables of the set are then exact copies. */
  Pair replaces(String... counts) {
    return twice(MergePolicy.FULL_REPLACE, counts);
  }

  private Pair twice(MergePolicy policy, String... counts) {
    MergePlan staged;
    try (Planned planned = plan(policy)) {
      staged = planned.plan();
    }
    MergeResult result;
    try (Planned planned = planFiltered(policy)) {
      assertThat(planned.plan()).as("rows that are held back are no difference").isEqualTo(staged);
      result = planned.apply();
    }
    assertThat(counts(result.plan())).containsExactlyInAnyOrder(counts);
    try (Planned again = plan(policy)) {
      assertThat(again.plan().isEmpty()).as("a second merge changes nothing").isTrue();
      assertThat(result.rowsAfter())
          .containsExactlyElementsOf(
              again.plan().tables().stream().map(t -> t.unchanged() + t.onlyInTarget()).toList());
      if (policy == MergePolicy.FULL_REPLACE) {
        again.merger().set().tables().forEach(this::assertCopy);
      }
    }
    return this;
  }

  private void assertCopy(SyncTable table) {
    if (table.primaryKey().equals(table.match()) && source.engine() == target.engine()) {
      String name = to().dialect().quote(table.id());
      assertThat(target.table(name)).isEqualTo(source.table(name));
    }
  }

  /** Each table's counts: {@code table +created ~updated -deleted =unchanged *onlyInTarget}. */
  static List<String> counts(MergePlan plan) {
    return plan.tables().stream()
        .map(
            t ->
                "%s +%d ~%d -%d =%d *%d"
                    .formatted(
                        t.label().replaceFirst("^public\\.", ""),
                        t.created(),
                        t.updated(),
                        t.deleted(),
                        t.unchanged(),
                        t.onlyInTarget()))
        .toList();
  }

  /** The target's rows, each as the server's text of the whole row, in byte order. */
  List<String> rows(String table) {
    return target.table(table);
  }

  /** The target's rows as {@link Records} has them, the same on both engines. */
  List<String> records(String table) {
    return Records.of(target, table);
  }

  /** All that the target holds, as {@link Contents} sees it. */
  List<String> contents() {
    return Contents.of(target);
  }

  /** Expects a failure, after which the target is as it was before. */
  SyncException refuses(ThrowingCallable merge) {
    List<String> before = contents();
    SyncException failure = failure(merge);
    assertThat(contents()).as("the target is as it was").isEqualTo(before);
    return failure;
  }

  SyncException refusesMerge() {
    return refuses(this::merge);
  }

  SyncException refusesReplace() {
    return refuses(this::replace);
  }

  static SyncException failure(ThrowingCallable call) {
    return catchThrowableOfType(SyncException.class, call);
  }

  /** Everything a failure could tell: what, hint, details, and its causes' messages. */
  static String text(SyncException failure) {
    StringBuilder text = new StringBuilder(failure.what() + "\n" + failure.hint() + "\n");
    failure.details().forEach(d -> text.append(d).append('\n'));
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      text.append(t).append('\n');
    }
    return text.toString();
  }

  /** The value of a query for one. */
  String value(String sql) {
    return String.join("\n", target.rows(sql));
  }

  @Override
  public void close() {
    if (from != null) {
      from.close();
    }
    if (to != null) {
      to.close();
    }
    DatabasePool.giveBack(source);
    DatabasePool.giveBack(target);
  }
}
