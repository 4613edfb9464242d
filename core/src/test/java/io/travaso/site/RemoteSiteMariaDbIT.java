package io.travaso.site;

import io.travaso.testing.Engine;

/** The contract, over SSH, with MariaDB. */
class RemoteSiteMariaDbIT extends RemoteSiteContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
