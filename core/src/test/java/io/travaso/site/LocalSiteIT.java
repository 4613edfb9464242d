package io.travaso.site;

import io.travaso.testing.Engine;

/** The contract, in this process, with PostgreSQL. */
class LocalSiteIT extends LocalSiteContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
