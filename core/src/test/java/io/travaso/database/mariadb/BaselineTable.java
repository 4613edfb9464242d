package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.Finding;
import io.travaso.Secret;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.BulkLoad;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
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
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A table {@code t}, staged rows for it that stand in a table {@code s} like it, and a base. */
final class BaselineTable implements AutoCloseable {
  static final String MERGED = "merged";

  final TestDatabase database = DatabasePool.take(Engine.MARIADB.shared());
  final Database connected;
  final Handle session;
  final MariaDbBaselineSql sql = new MariaDbBaselineSql();
  final SyncTable table;
  private final MariaDbMergeSql merge = new MariaDbMergeSql();
  private int staged;
  private boolean compared;

  /**
   * A table of these columns and keys.
   *
   * @param match what rows are recognised by; empty for the primary key
   */
  BaselineTable(String columns, String... match) {
    String unique = match.length == 0 ? "" : ", UNIQUE (" + String.join(", ", match) + ")";
    database.execute(
        "CREATE TABLE t (" + columns + unique + ")", "CREATE TABLE s (" + columns + ")");
    connected =
        Database.open(
            new ConnectionSettings(
                "mariadb",
                database.server().host(),
                database.server().port(),
                database.name(),
                database.user(),
                Map.of(),
                new Secret(database.password())));
    session = connected.session();
    session.execute(connected.dialect().mergeSessionSql());
    session.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    new MariaDbLedgerSql().create().forEach(session::execute);
    Catalog catalog = connected.with("Reading", connected.dialect()::readCatalog);
    Resolution resolution =
        TableSetResolver.resolve(
            catalog,
            List.of(new TableRequest(new NameAsWritten(null, "t"), null, List.of(match))),
            List.of(),
            List.of());
    Finding.throwProblems("The set", resolution.findings());
    table = resolution.set().tables().get(0);
  }

  void run(String statement) {
    try {
      session.execute(statement);
    } catch (io.travaso.SyncException e) {
      throw new AssertionError(e.details() + " " + statement, e);
    }
  }

  BaselineTable execute(String... statements) {
    database.execute(statements);
    return this;
  }

  List<String> columns() {
    return sql.compared(table).stream().map(Column::name).toList();
  }

  /** Stages what s holds and takes the diff. */
  Work stage() {
    int n = staged++;
    Work work = new Work(table, "staged_" + n, "diff_" + n);
    session.execute(merge.createStaging(table, work.staging()));
    String[] names = new String[table.written().size()];
    List<String> values = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      names[i] = SyncTable.stagingName(i);
      values.add(MariaDbNames.quote(table.written().get(i).name()));
    }
    session.execute(
        "INSERT INTO %s (%s) SELECT %s FROM s"
            .formatted(work.staging(), String.join(", ", names), String.join(", ", values)));
    merge.diff(work, new Deletes.None()).forEach(this::run);
    return work;
  }

  /** Agrees on what s holds, as the target does, for the first time or again. */
  Base agree(Work work, @Nullable Base base, @Nullable String merged) {
    sql.delta(work, base, merged, columns(), false, "delta").forEach(this::run);
    return store(work, base, merged);
  }

  private Base store(@Nullable Work work, @Nullable Base base, @Nullable String merged) {
    Base next = new Base(1, base == null ? 1 : base.number() + 1, columns());
    if (base != null && work != null) {
      sql.end(work, base, merged, next.number()).forEach(this::run);
    }
    sql.store(1, next.number(), "delta").forEach(this::run);
    session.execute("DROP TEMPORARY TABLE delta");
    return next;
  }

  /** Agrees on what t holds, as the source does. */
  Base remember(@Nullable Base base) {
    List<String> changed = changed(base);
    List<String> gone = base == null ? List.of() : gone(base);
    load("loaded", true, changed);
    sql.loaded("loaded", "delta").forEach(this::run);
    load("ended", false, gone);
    if (base != null) {
      sql.endLoaded(1, base.number() + 1, "ended").forEach(this::run);
    }
    session.execute("DROP TEMPORARY TABLE ended");
    return store(null, base, null);
  }

  private void load(String name, boolean withDigests, List<String> rows) {
    try (BulkLoad load = sql.load(session, table, name, withDigests)) {
      for (String row : rows) {
        load.row(row.getBytes(UTF_8), 0, row.getBytes(UTF_8).length);
      }
      load.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> changed(@Nullable Base base) {
    List<String> rows = new ArrayList<>();
    sql.changed(
        session, table, base, columns(), (b, from, n) -> rows.add(new String(b, from, n, UTF_8)));
    return rows;
  }

  List<String> gone(Base base) {
    List<String> rows = new ArrayList<>();
    sql.gone(session, table, base, (b, from, n) -> rows.add(new String(b, from, n, UTF_8)));
    return rows;
  }

  /** What changed where: key, kind and ways. */
  List<String> compare(Work work, Base base) {
    if (compared) {
      session.execute("DROP TEMPORARY TABLE " + MERGED);
    }
    compared = true;
    sql.compare(work, base, MERGED, new Deletes.All()).forEach(this::run);
    return list(
        "SELECT CONCAT_WS(' ', %s, kind, ways) FROM %s AS d ORDER BY 1"
            .formatted(sql.keyText(table), MERGED));
  }

  List<String> staged(Work work, String expression) {
    return list("SELECT " + expression + " FROM " + work.staging() + " ORDER BY w0");
  }

  long count(Base base) {
    return session.createQuery(sql.count(base)).mapTo(Long.class).one();
  }

  List<String> list(String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }

  @Override
  public void close() {
    session.close();
    connected.close();
    DatabasePool.giveBack(database);
  }
}
