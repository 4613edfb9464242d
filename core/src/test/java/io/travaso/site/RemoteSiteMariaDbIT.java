package io.travaso.site;

import io.travaso.testing.Engine;
import org.junit.jupiter.api.Tag;

/** The contract, over SSH, with MariaDB. */
@Tag("night")
class RemoteSiteMariaDbIT extends RemoteSiteContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
