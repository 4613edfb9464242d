package io.travaso.cli.endtoend;

import org.junit.jupiter.api.Tag;

/** The same contract for undoing row by row. */
@Tag("night")
class KilledUndoIT extends KilledRollbackIT {

  @Override
  String command() {
    return "undo-last-sync";
  }
}
