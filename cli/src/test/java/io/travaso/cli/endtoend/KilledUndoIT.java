package io.travaso.cli.endtoend;

/** The same contract for undoing row by row. */
class KilledUndoIT extends KilledRollbackIT {

  @Override
  String command() {
    return "undo-last-sync";
  }
}
