package io.travaso.property;

import io.travaso.testing.MariaDbServer;

/** Random schemas on MariaDB. */
class RandomSchemasMariaDbIT extends RandomSchemas {
  private static final Server SERVER = Server.of(mariadb());

  private static MariaDbServer mariadb() {
    String version = System.getProperty("travaso.mariadb");
    return version == null ? MariaDbServer.shared() : MariaDbServer.ofVersion(version);
  }

  @Override
  Server server() {
    return SERVER;
  }
}
