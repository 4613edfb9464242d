package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The contract with PostgreSQL. */
class SyncIT extends SyncContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
