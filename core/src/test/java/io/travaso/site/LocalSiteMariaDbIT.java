package io.travaso.site;

import io.travaso.testing.Engine;

/** The contract, in this process, with MariaDB. */
class LocalSiteMariaDbIT extends LocalSiteContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
