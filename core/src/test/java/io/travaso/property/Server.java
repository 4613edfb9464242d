package io.travaso.property;

import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.MariaDbServer;
import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A server and what it has. */
record Server(TestServer server, List<Type> types, List<String> setup, Deque<TestDatabase> free) {
  private static final String EMPTY =
      """
      DO $$ DECLARE t regclass; BEGIN
        FOR t IN SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
                    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' LOOP
          EXECUTE format('DROP TABLE %s CASCADE', t);
        END LOOP;
      END $$""";

  Engine engine() {
    return server.engine();
  }

  SchemaSql sql() {
    return SchemaSql.of(engine());
  }

  /** A database with the types and without tables; making one takes longer than emptying it. */
  TestDatabase take() {
    if (engine() == Engine.MARIADB) {
      return DatabasePool.take(server);
    }
    TestDatabase database = free.poll();
    if (database == null) {
      database = server.newDatabase();
      database.executeAsAdmin(setup.toArray(String[]::new));
    }
    return database;
  }

  void giveBack(TestDatabase database) {
    if (engine() == Engine.MARIADB) {
      DatabasePool.giveBack(database);
      return;
    }
    database.execute("SET client_min_messages = 'warning'; " + EMPTY);
    free.add(database);
  }

  static Server of(MariaDbServer mariadb) {
    String[] version = mariadb.version().split("\\.", -1);
    int number = Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]);
    return new Server(mariadb, MariaDbTypes.of(number), List.of(), new ArrayDeque<>());
  }

  static Server of(PostgresServer postgres) {
    try (TestDatabase database = postgres.newDatabase()) {
      boolean extensions =
          database
              .rows(
                  "SELECT count(*) FROM pg_available_extensions WHERE name IN ('citext', 'hstore')")
              .equals(List.of("2"));
      boolean icu =
          database
              .rows("SELECT count(*) > 0 FROM pg_collation WHERE collprovider = 'i'")
              .equals(List.of("t"));
      List<String> setup = new ArrayList<>();
      if (extensions) {
        Types.EXTENSIONS.forEach(e -> setup.add("CREATE EXTENSION " + e + " SCHEMA public"));
      }
      String owner = postgres.user();
      setup.add(
          "CREATE SCHEMA " + Names.quote(SchemaMaker.OTHER_SCHEMA) + " AUTHORIZATION " + owner);
      setup.add("CREATE SCHEMA " + PostgresReferee.SCHEMA + " AUTHORIZATION " + owner);
      setup.add("SET ROLE " + owner);
      setup.addAll(Types.SETUP);
      if (icu) {
        setup.add(Types.COLLATION);
      }
      return new Server(
          postgres, Types.of(postgres.majorVersion(), extensions, icu), setup, new ArrayDeque<>());
    }
  }
}
