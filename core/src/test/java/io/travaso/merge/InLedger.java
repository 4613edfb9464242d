package io.travaso.merge;

import io.travaso.database.Database;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.ledger.Run.RunTable;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Records a run as a merge does. */
record InLedger(Ledger ledger, String id) implements CommitRecord {
  static InLedger of(Database database, String id) {
    Ledger ledger = new Ledger(database);
    ledger.create();
    ledger.start(
        new Run(
            id,
            Instant.EPOCH,
            null,
            "dev-to-prod",
            "dev",
            "prod",
            "me@here",
            "1",
            Outcome.STARTED,
            null,
            null,
            null,
            null,
            List.of()));
    return new InLedger(ledger, id);
  }

  @Override
  public String undoable() {
    return id;
  }

  @Override
  public void write(Handle transaction, MergeResult result) {
    List<RunTable> tables =
        result.plan().tables().stream()
            .map(
                t ->
                    new RunTable(
                        t.table(), t.created(), t.updated(), t.deleted(), t.unchanged(), 0))
            .toList();
    ledger.apply(transaction, id, Instant.EPOCH, tables);
  }

  @Override
  public boolean isCommitted() {
    return ledger.isApplied(id);
  }
}
