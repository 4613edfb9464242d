package io.travaso.site;

/**
 * The way back to the rows that the last sync wrote as they were before, from what the ledger keeps
 * of them. All other rows stay, whatever was done to them since.
 */
final class LocalUndo {
  private final LocalDatabase database;
  private final LocalMerge merge;

  LocalUndo(LocalDatabase database, LocalMerge merge) {
    this.database = database;
    this.merge = merge;
  }

  UndoPlan plan(Requests.PlanUndo request) {
    throw new UnsupportedOperationException("Not yet: " + database + merge + request);
  }
}
