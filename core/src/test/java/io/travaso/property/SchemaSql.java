package io.travaso.property;

import io.travaso.testing.Engine;
import java.util.List;

/** A random schema and its rows as SQL. */
interface SchemaSql {

  static SchemaSql of(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> new PostgresSchemaSql();
      case MARIADB -> new MariaDbSchemaSql();
    };
  }

  String tables(List<RandomTable> tables);

  String foreignKeys(List<RandomTable> tables);

  /** Brings the sequences to where the application would have them. */
  String sequences(List<RandomTable> tables);

  String rows(List<RandomTable> tables, Rows rows, Side side);
}
