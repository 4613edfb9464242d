package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The contract with PostgreSQL. */
class ConflictsIT extends ConflictsContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
