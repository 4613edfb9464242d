package io.travaso.property;

import io.travaso.testing.PostgresServer;

/** Random schemas on PostgreSQL. */
class RandomSchemasIT extends RandomSchemas {
  private static final Server SERVER = Server.of(postgres());

  private static PostgresServer postgres() {
    Integer version = Integer.getInteger("travaso.postgres");
    return version == null ? PostgresServer.shared() : PostgresServer.ofVersion(version);
  }

  @Override
  Server server() {
    return SERVER;
  }
}
