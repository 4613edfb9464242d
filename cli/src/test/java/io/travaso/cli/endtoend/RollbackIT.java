package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The contract with PostgreSQL. */
class RollbackIT extends RollbackContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
