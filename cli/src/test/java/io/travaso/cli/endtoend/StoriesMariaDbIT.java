package io.travaso.cli.endtoend;

import io.travaso.testing.Engine;
import org.junit.jupiter.api.Tag;

/** The stories with MariaDB. */
@Tag("night")
class StoriesMariaDbIT extends StoriesContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }
}
