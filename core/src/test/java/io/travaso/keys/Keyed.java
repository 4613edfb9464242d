package io.travaso.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.table.Catalog;
import io.travaso.table.NameAsWritten;
import io.travaso.table.TableSet;
import io.travaso.testing.Contents;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A database whose rows get fresh keys. */
final class Keyed implements AutoCloseable {
  /** A key column that each engine draws itself. */
  static final String SERIAL = "%SERIAL%";

  final TestDatabase there;
  final Database database;

  private Keyed(TestDatabase there) {
    this.there = there;
    this.database =
        Database.open(
            new ConnectionSettings(
                there.engine().scheme(),
                there.server().host(),
                there.server().port(),
                there.name(),
                there.user(),
                Map.of(),
                new Secret(there.password())));
  }

  /** A database with this schema, in which {@link #SERIAL} is each engine's own. */
  static Keyed of(Engine engine, String... schema) {
    TestDatabase there = DatabasePool.take(engine.shared());
    for (String sql : schema) {
      there.execute(
          sql.replace(
              SERIAL,
              engine == Engine.MARIADB ? "int AUTO_INCREMENT PRIMARY KEY" : "serial PRIMARY KEY"));
    }
    return new Keyed(there);
  }

  Keyed does(String... sql) {
    there.execute(sql);
    return this;
  }

  Catalog catalog() {
    return database.with("Reading the catalog", database.dialect()::readCatalog);
  }

  Renumbering open(String table) {
    int dot = table.indexOf('.');
    return Renumbering.open(
        database,
        catalog(),
        dot < 0
            ? new NameAsWritten(null, table)
            : new NameAsWritten(table.substring(0, dot), table.substring(dot + 1)),
        new TableSet(List.of()));
  }

  RenumberPlan plan(String table, long... keys) {
    return planTo(table, 0, null, keys);
  }

  RenumberPlan planTo(String table, long above, @Nullable Long to, long... keys) {
    try (Renumbering renumbering = open(table)) {
      return renumbering.plan(LongStream.of(keys).boxed().toList(), above, to);
    }
  }

  /** Plans and does it. */
  RenumberPlan renumber(String table, long... keys) {
    return renumberTo(table, 0, null, keys);
  }

  RenumberPlan renumberTo(String table, long above, @Nullable Long to, long... keys) {
    RenumberPlan plan = planTo(table, above, to, keys);
    apply(plan);
    return plan;
  }

  void apply(RenumberPlan plan) {
    try (Renumbering renumbering = open(plan.table())) {
      renumbering.apply(plan, new Unrecorded());
    }
  }

  private static final class Unrecorded implements RunRecord {
    @Override
    public void write(Handle transaction, List<Written> tables) {
      assertThat(tables).isNotEmpty();
    }

    @Override
    public boolean isCommitted() {
      throw new AssertionError("Nobody should have to ask");
    }
  }

  /** Expects a failure, after which the database is as it was before, but for its sequences. */
  SyncException refuses(ThrowingCallable call) {
    List<String> before = contents();
    SyncException failure = catchThrowableOfType(SyncException.class, call);
    assertThat(failure).isNotNull();
    assertThat(contents()).as("it is as it was").isEqualTo(before);
    return failure;
  }

  private List<String> contents() {
    return Contents.of(there).stream().filter(line -> !line.contains("_seq")).toList();
  }

  List<String> rows(String sql) {
    return there.rows(sql);
  }

  @Override
  public void close() {
    database.close();
    DatabasePool.giveBack(there);
  }
}
