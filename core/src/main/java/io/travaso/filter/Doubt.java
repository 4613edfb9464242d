package io.travaso.filter;

import io.travaso.table.SyncTable;

/**
 * Rows can't be held back after all. What was held back already is lost, so the fixture is read
 * once more, and all of it is staged.
 */
public final class Doubt extends RuntimeException {
  private static final long serialVersionUID = 1;

  Doubt(SyncTable table, String why) {
    super(table.label() + ": " + why);
  }

  Doubt(SyncTable table, RuntimeException cause) {
    super(table.label() + ": the target's rows can't be read", cause);
  }
}
