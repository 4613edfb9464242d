package io.travaso.cloning;

import io.travaso.database.ConnectionSettings;
import java.io.IOException;
import org.jdbi.v3.core.Handle;

/**
 * What a database is made of without its rows: taken with them, and made again in two halves, for
 * rows are loaded before what looks at each of them, indexes and triggers, is there.
 */
interface Structure {

  /** Each engine's own. */
  static Structure of(CloneSide side) {
    return switch (side.database().dialect().engine()) {
      case "postgresql" -> new PostgresStructure(side);
      case "mariadb" -> new MariaDbStructure(side);
      default -> throw new IllegalArgumentException(side.database().dialect().engine());
    };
  }

  /**
   * Adds it to a package.
   *
   * @param snapshot a session that sees all as it is taken
   */
  void write(Handle snapshot, PackageWriter to) throws IOException;

  /** Sees whether it can be made at all on the target, before anything is begun. */
  void requireMakeable(CloneSource source);

  /**
   * Who fills it.
   *
   * @param maintenance how the account reaches the new database that made it
   */
  ConnectionSettings filler(ConnectionSettings maintenance);

  /** Makes what rows are loaded into. */
  void before(PackageReader from, Making target) throws IOException;

  /** Makes all the rest. */
  void after(PackageReader from, Making target) throws IOException;

  /** Takes back what was only needed while the database was beside, whatever became of it. */
  void forget(String database);
}
