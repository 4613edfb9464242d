package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The contract with PostgreSQL. */
class UndoIT extends UndoContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
