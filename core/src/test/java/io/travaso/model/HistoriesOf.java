package io.travaso.model;

import io.travaso.testing.TestServer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/**
 * Whatever is done in two databases and in whatever order they are synced: each sync does what the
 * rules say, row by row and column by column. Ten histories of twenty-five steps in a normal run;
 * {@code scripts/test --long} tries a thousand.
 */
abstract class HistoriesOf {

  abstract TestServer server();

  @Provide
  Arbitrary<ActionChain<World>> histories() {
    return Moves.histories(server());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everySyncDoesWhatTheRulesSay(@ForAll("histories") ActionChain<World> history) {
    World[] world = new World[1];
    try {
      history.peek(w -> world[0] = w).run();
    } finally {
      if (world[0] != null) {
        world[0].close();
      }
    }
  }
}
