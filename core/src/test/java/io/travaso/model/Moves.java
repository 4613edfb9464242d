package io.travaso.model;

import io.travaso.model.Order.Deletes;
import io.travaso.model.Order.Policy;
import io.travaso.testing.CuttingProxy.Cut;
import io.travaso.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/** What may happen between two databases. */
final class Moves {
  private static final int STEPS = 12;
  private static final int ROWS = 1000;
  private static final Arbitrary<Boolean> BOOLEAN = Arbitraries.of(true, false);

  /** About as many as a sync has for its sites. */
  private static final int QUESTIONS = 14;

  private Moves() {}

  /** Random histories. */
  static ActionChainArbitrary<World> histories(TestServer server) {
    return ActionChain.<World>startWith(() -> new World(server))
        .withAction(8, action("edit", edits(), Moves::edit))
        .withAction(5, action("insert", edits(), Moves::insert))
        .withAction(3, action("delete", edits(), Moves::delete))
        .withAction(1, action("edit own", edits(), Moves::editOwn))
        .withAction(6, action("sync", orders(), World::sync))
        .withAction(
            1, action("sync", fatal(), (world, fate) -> world.dies(fate.order(), fate.death())))
        .withAction(1, action("roll back", BOOLEAN, World::rollBack))
        .withAction(
            1, action("undo, skipping, of dev", BOOLEAN, (world, skip) -> world.undo(false, skip)))
        .withAction(
            1, action("undo, skipping, of prod", BOOLEAN, (world, skip) -> world.undo(true, skip)))
        .withAction(1, action("renumber", edits(), Moves::renumber))
        .withMaxTransformations(STEPS);
  }

  private static <T> Action.Independent<World> action(
      String name, Arbitrary<T> arguments, BiConsumer<World, T> does) {
    return () ->
        arguments.map(
            given -> Transformer.mutate(name + " " + given, world -> does.accept(world, given)));
  }

  /** Where users do something, to which of the rows there are, and what they type. */
  record Edit(Where where, Entity entity, int row, int other, String value) {

    /** One of these, whatever their number is. */
    static String pick(List<String> from, int which) {
      return from.isEmpty() ? "" : from.get(which % from.size());
    }
  }

  /** Whose users do it. */
  enum Where {
    DEV,
    PROD,
    /** Both do the same. */
    BOTH;

    /** Whether it is prod's, of each side. */
    List<Boolean> sides() {
      return switch (this) {
        case DEV -> List.of(false);
        case PROD -> List.of(true);
        case BOTH -> List.of(false, true);
      };
    }
  }

  private static Arbitrary<Edit> edits() {
    Arbitrary<String> few = Arbitraries.of("a", "b");
    Arbitrary<String> many = Arbitraries.integers().between(0, 9999).map(n -> "v" + n);
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(4, Where.DEV), Tuple.of(4, Where.PROD), Tuple.of(1, Where.BOTH)),
            Arbitraries.of(Entity.class),
            Arbitraries.integers().between(0, ROWS),
            Arbitraries.integers().between(0, ROWS),
            Arbitraries.frequencyOf(Tuple.of(1, few), Tuple.of(3, many)))
        .as(Edit::new);
  }

  private static Arbitrary<Order> orders() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(Policy.class),
            Arbitraries.of(false, false, true),
            Arbitraries.frequency(
                Tuple.of(6, Deletes.KEPT),
                Tuple.of(3, Deletes.PROPAGATED),
                Tuple.of(1, Deletes.FULL_REPLACE)),
            Arbitraries.of(false, false, true),
            // Now and then one table alone.
            Arbitraries.of(Entity.TAG, Entity.CODE).injectNull(0.9))
        .as(Order::new);
  }

  /** A sync that is ended. */
  record Fate(Order order, Death death) {}

  private static Arbitrary<Fate> fatal() {
    Arbitrary<Death> dies =
        Combinators.combine(
                Arbitraries.integers().between(0, QUESTIONS), Arbitraries.of(true, false))
            .as(Death::with);
    Arbitrary<Death> cut =
        Combinators.combine(
                Arbitraries.of("COMMIT", "COMMIT", "travaso", "UPDATE", "INSERT", "DELETE"),
                Arbitraries.of(Cut.class))
            .as(Death::at);
    return Combinators.combine(orders(), Arbitraries.oneOf(dies, cut)).as(Fate::new);
  }

  private static void edit(World world, Edit edit) {
    List<String> columns = edit.entity().columns();
    for (boolean prods : edit.where().sides()) {
      Rows rows = world.office(prods).rows();
      String key = Edit.pick(keys(rows, edit.entity()), edit.row());
      if (!key.isEmpty() && !columns.isEmpty()) {
        String column = Edit.pick(columns, edit.other());
        String value = value(rows, column, edit);
        world.office(prods).edit(edit.entity(), key, column, value);
      }
    }
  }

  private static void insert(World world, Edit edit) {
    for (boolean prods : edit.where().sides()) {
      Office office = world.office(prods);
      Rows rows = office.rows();
      String customer = Edit.pick(keys(rows, Entity.CUSTOMER), edit.row());
      switch (edit.entity()) {
        case LINK -> {
          String tag = Edit.pick(keys(rows, Entity.TAG), edit.other());
          if (!customer.isEmpty() && !tag.isEmpty()) {
            office.insert(Entity.LINK, customer + ":" + tag, List.of());
          }
        }
        case CODE -> office.insert(Entity.CODE, "C" + edit.row() % 9, List.of(edit.value(), "1"));
        default -> {
          // Every other one brings a number of its own, the others take the next.
          String key = edit.row() % 2 == 0 ? "" : String.valueOf(1 + edit.other() % 40);
          List<String> values = new ArrayList<>();
          edit.entity().columns().forEach(column -> values.add(value(rows, column, edit)));
          if (!values.contains("")) {
            office.insert(edit.entity(), key, values);
          }
        }
      }
    }
  }

  private static void delete(World world, Edit edit) {
    for (boolean prods : edit.where().sides()) {
      String key = Edit.pick(keys(world.office(prods).rows(), edit.entity()), edit.row());
      if (!key.isEmpty()) {
        world.office(prods).delete(edit.entity(), key, edit.other() % 2 == 0);
      }
    }
  }

  private static void renumber(World world, Edit edit) {
    boolean prods = edit.where().sides().get(0);
    String key = Edit.pick(keys(world.office(prods).rows(), edit.entity()), edit.row());
    if (edit.entity().hasNumber() && !key.isEmpty()) {
      world.renumber(prods, edit.entity(), key, edit.other() % 2 == 0);
    }
  }

  private static void editOwn(World world, Edit edit) {
    edit.where()
        .sides()
        .forEach(prods -> world.office(prods).editOwn(edit.row() % 3, edit.value()));
  }

  private static List<String> keys(Rows rows, Entity entity) {
    return List.copyOf(rows.get(entity).keySet());
  }

  /** What is typed, or chosen of what there is; empty where there is nothing to choose. */
  private static String value(Rows rows, String column, Edit edit) {
    return switch (column) {
      case "customer_id" -> Edit.pick(keys(rows, Entity.CUSTOMER), edit.row());
      // None is NULL.
      case "code" -> edit.row() % 3 == 0 ? "none" : "C" + edit.row() % 9;
      default -> edit.value();
    };
  }
}
