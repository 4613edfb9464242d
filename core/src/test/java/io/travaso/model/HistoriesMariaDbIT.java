package io.travaso.model;

import io.travaso.testing.MariaDbServer;
import io.travaso.testing.TestServer;

/** Histories on MariaDB. */
class HistoriesMariaDbIT extends HistoriesOf {

  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
