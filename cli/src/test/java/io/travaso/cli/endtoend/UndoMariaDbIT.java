package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;
import org.junit.jupiter.api.Tag;

/** The contract with MariaDB. */
@Tag("night")
class UndoMariaDbIT extends UndoContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
