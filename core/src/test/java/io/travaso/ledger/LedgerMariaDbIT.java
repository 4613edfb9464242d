package io.travaso.ledger;

import io.travaso.testing.Engine;

/** The contract, in tables beside the application's on MariaDB. */
class LedgerMariaDbIT extends LedgerContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Override
  String runs() {
    return "travaso_run";
  }

  @Override
  String reader() {
    String user = "reader_" + database.name();
    database.executeAsAdmin(
        "CREATE USER " + user + " IDENTIFIED BY '" + database.password() + "'",
        "GRANT SELECT ON " + database.name() + ".* TO " + user);
    return user;
  }
}
