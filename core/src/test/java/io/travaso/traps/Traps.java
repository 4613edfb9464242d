package io.travaso.traps;

import io.travaso.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Cases on one server. */
@ExtendWith(Recording.class)
abstract class Traps {
  @TempDir Path folder;
  private final TestServer server;
  private final List<Crossing> open = new ArrayList<>();

  Traps(TestServer server) {
    this.server = server;
  }

  /** The release's main number. */
  int version() {
    return server.majorVersion();
  }

  TestServer server() {
    return server;
  }

  /** Two databases of this schema. */
  Crossing crossing(String... schema) {
    Crossing crossing = new Crossing(server, folder, schema);
    open.add(crossing);
    return crossing;
  }

  /** What the case showed. */
  Set<Outcome> proven() {
    Set<Outcome> proven = EnumSet.noneOf(Outcome.class);
    open.forEach(crossing -> proven.addAll(crossing.proven()));
    return proven;
  }

  @AfterEach
  void close() {
    open.forEach(Crossing::close);
  }
}
