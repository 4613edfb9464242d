package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The contract with MariaDB. */
class SyncMariaDbIT extends SyncContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
