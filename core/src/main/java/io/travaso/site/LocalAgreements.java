package io.travaso.site;

import io.travaso.ledger.Baselines;
import io.travaso.ledger.TableAgreements;
import java.time.Clock;
import java.util.List;

/** What a site remembers of having agreed with another. */
final class LocalAgreements {
  private final LocalDatabase database;
  private final Clock clock;

  LocalAgreements(LocalDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  List<TableAgreements> with(String peer) {
    Baselines baselines = new Baselines(database.get());
    return database
        .get()
        .with("Reading the baseline", session -> baselines.agreements(session, peer));
  }

  void agree(Requests.Agree request) {
    throw new UnsupportedOperationException("Not yet: " + request + clock);
  }
}
