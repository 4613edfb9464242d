package io.travaso.model;

import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestServer;

/** Histories on PostgreSQL. */
class HistoriesIT extends HistoriesOf {

  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
