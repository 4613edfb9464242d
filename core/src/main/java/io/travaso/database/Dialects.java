package io.travaso.database;

import io.travaso.SyncException;
import io.travaso.database.mariadb.MariaDbDialect;
import io.travaso.database.postgres.PostgresDialect;

/** The engines that are known. */
final class Dialects {
  private Dialects() {}

  static Dialect of(String engine) {
    return switch (engine) {
      case "postgresql" -> new PostgresDialect();
      case "mariadb" -> new MariaDbDialect();
      default ->
          throw SyncException.configuration(
              "Unknown database engine \"" + engine + "\"", "Known are: postgresql, mariadb");
    };
  }
}
