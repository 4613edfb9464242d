package io.travaso.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.model.Order.Deletes;
import io.travaso.model.Order.Policy;
import io.travaso.testing.CuttingProxy.Cut;
import io.travaso.testing.Engine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories that somebody thought of, or that random ones found. */
class KnownHistoriesIT {
  private static final boolean DEV = false;
  private static final boolean PROD = true;
  private static final Order PUSH = order(PROD, Deletes.KEPT);
  private static final Order PULL = order(DEV, Deletes.KEPT);

  private static Order order(boolean toProd, Deletes deletes) {
    return new Order(toProd, Policy.STOP, false, deletes, false, null);
  }

  /** Both removed a link, and one sets it again: the other must not think that it removed it. */
  @ParameterizedTest
  @EnumSource
  void aLinkThatBothRemovedAndOneSetAgain(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.sync(PUSH);
      world.office(DEV).delete(Entity.LINK, "1:1", false);
      world.office(PROD).delete(Entity.LINK, "1:1", false);
      world.sync(PUSH);
      world.office(PROD).insert(Entity.LINK, "1:1", List.of());

      world.sync(PULL);

      assertThat(world.office(DEV).rows().get(Entity.LINK)).containsKey("1:1");
    }
  }

  /** The same, where the sync in between found something else to agree on. */
  @ParameterizedTest
  @EnumSource
  void aRowThatBothRemovedAndOneMadeAgain(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.sync(PUSH);
      world.office(DEV).delete(Entity.CODE, "C2", false);
      world.office(PROD).delete(Entity.CODE, "C2", false);
      world.office(DEV).edit(Entity.CODE, "C1", "label", "other");
      world.sync(PUSH);
      world.office(PROD).insert(Entity.CODE, "C2", List.of("again", "3"));

      world.sync(PULL);

      assertThat(world.office(DEV).rows().get(Entity.CODE)).containsKey("C2");
    }
  }

  /** Who deleted a row does not get it back from who kept it. */
  @ParameterizedTest
  @EnumSource
  void whatOneSideDeletedDoesNotRiseAgain(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.sync(PUSH);
      world.office(PROD).delete(Entity.MATTER, "1", false);
      world.sync(PUSH);
      world.sync(PULL);
      world.sync(PUSH);
      world.sync(PULL);
      assertThat(world.office(PROD).rows().get(Entity.MATTER)).doesNotContainKey("1");
      assertThat(world.office(DEV).rows().get(Entity.MATTER)).containsKey("1");

      world.sync(order(DEV, Deletes.PROPAGATED));

      assertThat(world.office(DEV).rows().get(Entity.MATTER)).doesNotContainKey("1");
    }
  }

  /** What was settled for the target goes the other way the next time. */
  @ParameterizedTest
  @EnumSource
  void whatWasSettledStaysSettled(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.sync(PUSH);
      world.office(DEV).edit(Entity.TAG, "1", "name", "dev");
      world.office(PROD).edit(Entity.TAG, "1", "name", "prod");
      world.sync(PUSH);
      world.sync(new Order(PROD, Policy.TARGET, false, Deletes.KEPT, false, null));
      world.sync(PUSH);

      world.sync(PULL);

      assertThat(world.office(DEV).rows().get(Entity.TAG)).containsEntry("1", List.of("prod"));
    }
  }

  /** A sync that found nothing to write does not stand in the way of taking the one before back. */
  @ParameterizedTest
  @EnumSource
  void aSyncIsTakenBackAfterOneThatWroteNothing(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.sync(PUSH);
      world.office(DEV).edit(Entity.TAG, "1", "name", "x");
      world.sync(new Order(PROD, Policy.STOP, false, Deletes.KEPT, true, null));
      world.office(DEV).edit(Entity.TAG, "2", "name", "y");
      world.office(PROD).edit(Entity.TAG, "2", "name", "y");
      world.sync(PUSH);

      world.rollBack(PROD);

      assertThat(world.office(PROD).rows().get(Entity.TAG)).containsEntry("1", List.of("t1"));
    }
  }

  /** Nothing is left to be undone. */
  @ParameterizedTest
  @EnumSource
  void undoWhereEverythingChangedAgain(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.sync(PUSH);
      world.office(PROD).edit(Entity.TAG, "1", "name", "x");
      world.sync(PULL);
      world.office(DEV).edit(Entity.TAG, "1", "name", "y");

      world.undo(DEV, true);

      assertThat(world.office(DEV).rows().get(Entity.TAG)).containsEntry("1", List.of("y"));
    }
  }

  /** What only one side wrote down is not agreed on: the next sync is a first one, and says so. */
  @ParameterizedTest
  @EnumSource
  void anAgreementThatTheTargetCouldNotWriteDown(Engine engine) {
    try (World world = new World(engine.shared())) {
      world.dies(PUSH, Death.at("COMMIT", Cut.BEFORE_DELIVERY));
      world.office(PROD).edit(Entity.TAG, "1", "name", "x");

      world.sync(PUSH);

      assertThat(world.office(PROD).rows().get(Entity.TAG)).containsEntry("1", List.of("t1"));
    }
  }
}
