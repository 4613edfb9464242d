package io.travaso.property;

import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/** A server and what it has. */
record Server(PostgresServer postgres, List<Type> types, List<String> setup) {

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
      setup.add("SET ROLE " + owner);
      setup.addAll(Types.SETUP);
      if (icu) {
        setup.add(Types.COLLATION);
      }
      return new Server(postgres, Types.of(postgres.majorVersion(), extensions, icu), setup);
    }
  }
}
