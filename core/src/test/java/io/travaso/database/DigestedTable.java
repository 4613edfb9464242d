package io.travaso.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.Finding;
import io.travaso.Secret;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.NameAsWritten;
import io.travaso.table.SyncTable;
import io.travaso.table.TableRequest;
import io.travaso.table.TableSetResolver;
import io.travaso.table.TableSetResolver.Resolution;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables {@code t} and {@code s}, of the same columns, and digests of their rows. */
final class DigestedTable implements AutoCloseable {
  static final String MERGED = "merged";

  final TestDatabase database;
  final Dialect dialect;
  final Handle session;
  final DigestSql digests;
  private final Database connected;
  private final String[] match;
  private int staged;

  /**
   * Tables of these columns and keys.
   *
   * @param match what rows are recognised by; empty for the primary key
   */
  DigestedTable(Engine engine, String columns, String... match) {
    this.database = DatabasePool.take(engine.shared());
    this.match = match;
    String unique = match.length == 0 ? "" : ", UNIQUE (" + String.join(", ", match) + ")";
    database.execute(
        "CREATE TABLE t (" + columns + unique + ")", "CREATE TABLE s (" + columns + unique + ")");
    connected =
        Database.open(
            new ConnectionSettings(
                engine.scheme(),
                database.server().host(),
                database.server().port(),
                database.name(),
                database.user(),
                Map.of(),
                new Secret(database.password())));

    dialect = connected.dialect();
    digests = dialect.digests();
    session = connected.session();
    dialect.ledger().create().forEach(session::execute);
    session.execute(dialect.mergeSessionSql());
  }

  DigestedTable execute(String... statements) {
    database.execute(statements);
    return this;
  }

  SyncTable table(String name) {
    Catalog catalog = connected.with("Reading", dialect::readCatalog);
    Resolution resolution =
        TableSetResolver.resolve(
            catalog,
            List.of(new TableRequest(new NameAsWritten(null, name), null, List.of(match))),
            List.of(),
            List.of());
    Finding.throwProblems("The set", resolution.findings());
    return resolution.set().tables().get(0);
  }

  List<String> columns() {
    return dialect.baseline().compared(table("t")).stream().map(Column::name).toList();
  }

  /** The hash of each row, by its code; of several rows of one code the sum. */
  Map<Long, Long> rows(String name) {
    return rows(session, name);
  }

  /** Another session, that is pinned anew. */
  Handle reconnected() {
    return connected.session();
  }

  Map<Long, Long> rows(Handle session, String name) {
    SyncTable table = table(name);
    Map<Long, Long> rows = new TreeMap<>();
    digests.rows(
        session,
        table,
        dialect.baseline().compared(table),
        (code, hash) -> rows.merge(code, hash, Long::sum));
    return rows;
  }

  Map<Long, Long> entries(Base base) {
    Map<Long, Long> rows = new TreeMap<>();
    digests.entries(session, table("t"), base, (code, hash) -> rows.merge(code, hash, Long::sum));
    return rows;
  }

  String format(String name) {
    return digests.format(session, table(name));
  }

  /** How many keys of t have these codes; the keys are in a temporary table. */
  long keys(long[] codes) {
    digests.keys(table("t"), codes, "listed").forEach(session::execute);
    return session
        .createQuery("SELECT COUNT(*) FROM " + dialect.baseline().temporary("listed"))
        .mapTo(Long.class)
        .one();
  }

  /** The rows of t, in bulk text; or some of them. */
  List<String> export(long @Nullable [] codes) {
    List<String> rows = new ArrayList<>();
    RowSink sink = (b, from, n) -> rows.add(new String(b, from, n, UTF_8));
    Bulk bulk = dialect.bulk();
    bulk.beginSnapshot(session);
    long count =
        codes == null
            ? bulk.export(session, table("t"), sink)
            : bulk.export(session, table("t"), codes, sink);
    session.execute("ROLLBACK");
    if (count != rows.size()) {
      throw new AssertionError(count + " counted, " + rows.size() + " sent");
    }
    return rows;
  }

  /** Agrees on what t holds, as the source does. */
  Base remember(@Nullable Base base) {
    List<String> rows = changed(base, null);
    BaselineSql sql = dialect.baseline();
    try (BulkLoad load = sql.load(session, table("t"), "loaded", true)) {
      for (String row : rows) {
        load.row(row.getBytes(UTF_8), 0, row.getBytes(UTF_8).length);
      }
      load.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sql.loaded("loaded", "delta").forEach(session::execute);
    return store(base);
  }

  /** The rows of t that are not as in the base, or those of some codes. */
  List<String> changed(@Nullable Base base, long @Nullable [] codes) {
    List<String> rows = new ArrayList<>();
    RowSink sink = (b, from, n) -> rows.add(new String(b, from, n, UTF_8));
    BaselineSql sql = dialect.baseline();
    if (codes == null || base == null) {
      sql.changed(session, table("t"), base, columns(), sink);
    } else {
      sql.changed(session, table("t"), base, columns(), codes, sink);
    }
    return rows;
  }

  private Base store(@Nullable Base base) {
    Base next = new Base(1, base == null ? 1 : base.number() + 1, columns());
    dialect.baseline().store(1, next.number(), "delta").forEach(session::execute);
    session.execute("DROP TABLE " + dialect.baseline().temporary("delta"));
    return next;
  }

  /** Stages what s holds, as the source's rows, and takes the diff. */
  Work stage() {
    SyncTable table = table("t");
    int n = staged++;
    Work work = new Work(table, "staged_" + n, "diff_" + n);
    session.execute(dialect.merge().createStaging(table, work.staging()));
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < table.written().size(); i++) {
      names.add(SyncTable.stagingName(i));
      values.add(dialect.quote(table.written().get(i).name()));
    }
    session.execute(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(
                dialect.baseline().temporary(work.staging()),
                String.join(", ", names),
                String.join(", ", values),
                dialect.quote(table("s").id())));
    dialect.merge().diff(work, new Deletes.None()).forEach(session::execute);
    return work;
  }

  /** Merges s into t three ways as far as the base goes, and agrees on it. */
  Base agree(Base base) {
    Work work = stage();
    BaselineSql sql = dialect.baseline();
    sql.compare(work, base, MERGED, new Deletes.All()).forEach(session::execute);
    sql.adopt(work, MERGED).forEach(session::execute);
    sql.delta(work, base, MERGED, columns(), false, "delta").forEach(session::execute);
    sql.end(work, base, MERGED, base.number() + 1).forEach(session::execute);
    return store(base);
  }

  long[] codes(String name) {
    return rows(name).keySet().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public void close() {
    session.close();
    connected.close();
    DatabasePool.giveBack(database);
  }
}
