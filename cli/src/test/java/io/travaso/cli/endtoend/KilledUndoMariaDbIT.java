package io.travaso.cli.endtoend;

import org.junit.jupiter.api.Tag;

/** The same contract for undoing row by row. */
@Tag("night")
class KilledUndoMariaDbIT extends KilledRollbackMariaDbIT {

  @Override
  String command() {
    return "undo-last-sync";
  }
}
