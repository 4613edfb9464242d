package io.travaso.site;

import io.travaso.testing.Engine;

/** The contract, over SSH, with PostgreSQL. */
class RemoteSiteIT extends RemoteSiteContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
