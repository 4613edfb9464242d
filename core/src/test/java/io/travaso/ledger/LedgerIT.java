package io.travaso.ledger;

import io.travaso.testing.Engine;

/** The contract, in a schema of PostgreSQL's. */
class LedgerIT extends LedgerContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  String runs() {
    return "travaso.run";
  }

  @Override
  String reader() {
    database.executeAsAdmin(
        "REVOKE CREATE ON DATABASE " + database.name() + " FROM " + database.user(),
        "ALTER DATABASE " + database.name() + " OWNER TO CURRENT_USER");
    return database.user();
  }
}
