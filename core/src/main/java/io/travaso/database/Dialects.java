package io.travaso.database;

import io.travaso.SyncException;
import io.travaso.database.postgres.PostgresDialect;

/** The engines that are known. */
final class Dialects {
  private Dialects() {}

  static Dialect of(String engine) {
    return switch (engine) {
      case "postgresql" -> new PostgresDialect();
      default ->
          throw SyncException.configuration(
              "Unknown database engine \"" + engine + "\"", "Known is: postgresql");
    };
  }
}
