package io.travaso.merge;

import io.travaso.testing.Engine;

/** Words of a schema that each engine has its own of. */
final class SchemaWords {
  private SchemaWords() {}

  /** An integer that the database counts up by itself, as a primary key. */
  static String serial(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "serial";
      case MARIADB -> "int AUTO_INCREMENT";
    };
  }

  /** Lets the numbers that a table counts go on after this one. */
  static String countedTo(Engine engine, String table, long number) {
    return switch (engine) {
      case POSTGRESQL -> "SELECT setval('%s_id_seq', %d)".formatted(table, number);
      case MARIADB -> "ALTER TABLE %s AUTO_INCREMENT = %d".formatted(table, number + 1);
    };
  }
}
