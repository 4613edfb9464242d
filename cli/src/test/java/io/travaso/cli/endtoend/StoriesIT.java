package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;

/** The stories with PostgreSQL. */
class StoriesIT extends StoriesContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }
}
