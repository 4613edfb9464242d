package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The contract with MariaDB. */
class RollbackMariaDbIT extends RollbackContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
