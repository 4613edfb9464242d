package io.travaso.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.ledger.Run.Outcome;
import io.travaso.model.Order.Policy;
import io.travaso.pipeline.RunIdentity;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.pipeline.SyncReport.TableCounts;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two databases, the real tool between them, and the model that says what it must do. */
final class World implements AutoCloseable {
  private final Path folder;
  private final Office dev;
  private final Office prod;
  private final Tool tool;
  private final Agreements agreements = new Agreements();
  private final Map<Boolean, Deque<Past>> past =
      Map.of(true, new ArrayDeque<>(), false, new ArrayDeque<>());
  private final Sightings sightings = new Sightings();
  private int steps;

  /** A run that may be taken back. */
  private record Past(String run, Set<Entity> entities, Rows before, Rows after, boolean backup) {}

  World(TestServer server) {
    try {
      folder = Files.createTempDirectory("travaso-model-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dev = new Office(server, "dev", 0);
    prod = new Office(server, "prod", 3);
    tool = new Tool(folder, dev, prod);
  }

  Office office(boolean prods) {
    return prods ? prod : dev;
  }

  /** Syncs, and holds it against the model. */
  void sync(Order order) {
    sync(order, Death.NONE);
  }

  /** The same, where something ends it. */
  void dies(Order order, Death death) {
    sync(order, death);
  }

  private void sync(Order order, Death death) {
    Office source = office(!order.toProd());
    Office target = office(order.toProd());
    Rows there = source.rows();
    Rows here = target.rows();
    List<List<String>> own = own();
    sightings.wrote(true, prod.rows());
    sightings.wrote(false, dev.rows());
    boolean told =
        order.fullReplace()
            || order.policy() != Policy.STOP
            || !agreements.base().of().keySet().containsAll(order.entities());
    ThreeWay expected = new ThreeWay(order, there, here, agreements.base());

    if (!death.strikes() && steps++ % 2 == 0) {
      dryRun(order, expected, here);
    }
    boolean done = run(order, expected, death);

    assertThat(target.rows()).as("the target").isEqualTo(done ? expected.after() : here);
    assertThat(source.rows()).as("the source").isEqualTo(there);
    assertThat(own()).as("what is excluded").isEqualTo(own);
    if (done) {
      Rows none = Rows.none();
      sightings.synced(
          none.with(there, order.entities()),
          none.with(here, order.entities()),
          target.rows(),
          told);
    }
    sightings.is(order.toProd(), target.rows());
    if (done && !death.strikes() && steps % 4 < 2) {
      again(order, target);
    }
  }

  /** Takes the last sync back, where one can be. */
  void rollBack(boolean prods) {
    Past last = past(prods).peekLast();
    if (last == null || !last.backup()) {
      return;
    }
    Office office = office(prods);
    List<List<String>> own = own();
    Rows here = office.rows();
    Rows expected = here.with(last.before(), last.entities());
    sightings.wrote(prods, here);
    try {
      tool.rollBack(prods);
      assertThat(office.rows()).as("after the rollback").isEqualTo(expected);
      past(prods).clear();
      agreements.forget(prods, last.run(), last.entities());
    } catch (SyncException e) {
      assertThat(expected.hold()).as(e.toString() + e.details()).isFalse();
      assertThat(office.rows()).isEqualTo(here);
    }
    sightings.is(prods, office.rows());
    assertThat(own()).as("what is excluded").isEqualTo(own);
  }

  private Deque<Past> past(boolean prods) {
    return Objects.requireNonNull(past.get(prods));
  }

  /** Undoes the last sync: just the rows it wrote, and none that changed again. */
  void undo(boolean prods, boolean skipChanged) {
    Past last = past(prods).peekLast();
    if (last == null) {
      return;
    }
    Office office = office(prods);
    Undone expected = Undone.of(last.before(), last.after(), office.rows());
    sightings.wrote(prods, expected.now());
    List<List<String>> own = own();
    boolean undone;
    try {
      Status status = tool.undo(prods, skipChanged).status();
      if (expected.changes()) {
        assertThat(status == Status.CONFLICTS).isEqualTo(expected.changedAgain() && !skipChanged);
      }
      undone = status == Status.APPLIED;
    } catch (SyncException e) {
      assertThat(expected.after().hold()).as(e.toString() + e.details()).isFalse();
      undone = false;
    }
    if (undone && !expected.after().hold()) {
      // What others depend on by now was left; the rest went back.
      requireEither(office.rows(), expected.after(), expected.now());
    } else {
      assertThat(office.rows())
          .as("after the undo")
          .isEqualTo(undone ? expected.after() : expected.now());
    }
    assertThat(own()).as("what is excluded").isEqualTo(own);
    sightings.is(prods, office.rows());
    if (undone) {
      past(prods).removeLast();
      agreements.forget(prods, last.run(), last.before().others(last.after()));
    }
  }

  private static void requireEither(Rows rows, Rows one, Rows other) {
    assertThat(rows.hold()).isTrue();
    for (Entity entity : Entity.values()) {
      Set<String> keys = new HashSet<>(rows.get(entity).keySet());
      keys.addAll(one.get(entity).keySet());
      for (String key : keys) {
        assertThat(Arrays.asList(one.get(entity).get(key), other.get(entity).get(key)))
            .as("%s %s after the undo", entity, key)
            .contains(rows.get(entity).get(key));
      }
    }
  }

  /** Gives a row another key; what references it follows. */
  void renumber(boolean prods, Entity entity, String key, boolean evenAgreed) {
    Office office = office(prods);
    Rows here = office.rows();
    Rows base = agreements.base();
    boolean agreed = base.get(entity).containsKey(key);
    try {
      tool.renumber(prods, entity.table(), Long.parseLong(key), evenAgreed);
      assertThat(evenAgreed || !agreed).as("renumbers what both agreed on").isTrue();
      Set<String> fresh = new TreeSet<>(office.rows().get(entity).keySet());
      fresh.removeAll(here.get(entity).keySet());
      assertThat(fresh).hasSize(1);
      assertThat(office(!prods).rows().get(entity)).doesNotContainKeys(fresh.iterator().next());
      assertThat(office.rows()).isEqualTo(here.moved(entity, key, fresh.iterator().next()));
    } catch (SyncException e) {
      assertThat(evenAgreed).as(e.toString() + e.details()).isFalse();
      assertThat(office.rows()).isEqualTo(here);
    }
  }

  /** It says what the run does, and does nothing. */
  private void dryRun(Order order, ThreeWay expected, Rows here) {
    try {
      require(order, tool.sync(order, true), expected, Status.PLANNED);
    } catch (SyncException e) {
      assertThat(expected.after().hold()).as(e.toString() + e.details()).isFalse();
    }
    assertThat(office(order.toProd()).rows()).as("after a dry run").isEqualTo(here);
  }

  private boolean run(Order order, ThreeWay expected, Death death) {
    boolean prods = order.toProd();
    Rows before = office(prods).rows();
    RunIdentity run = Tool.newRun();
    try {
      SyncReport report = tool.sync(order, false, run, death);
      require(order, report, expected, expected.changes() ? Status.APPLIED : Status.UNCHANGED);
      if (report.status() == Status.CONFLICTS) {
        return false;
      }
      // Where no row is written, a ledger that can't be written is told of, and not the run's end.
      if (expected.changes() || !death.strikes() || hasAgreed(prods, run)) {
        agreements.learn(run.id(), expected.agreed(), order.entities());
      }
      if (expected.changes()) {
        past(prods)
            .add(new Past(run.id(), order.entities(), before, expected.after(), order.backup()));
      }
      return true;
    } catch (Mortal.Died e) {
      return wasApplied(order, run, before, expected);
    } catch (SyncException e) {
      if (death.word() != null) {
        return wasApplied(order, run, before, expected);
      }
      assertThat(expected.after().hold()).as(e.toString() + e.details()).isFalse();
      return false;
    }
  }

  private boolean hasAgreed(boolean prods, RunIdentity run) {
    office(prods).awaitAlone();
    return tool.agreed(prods).contains(run.id());
  }

  /** Only the ledger knows. */
  private boolean wasApplied(Order order, RunIdentity run, Rows before, ThreeWay expected) {
    boolean prods = order.toProd();
    office(prods).awaitAlone();
    boolean applied =
        tool.history(prods).stream()
            .anyMatch(r -> r.id().equals(run.id()) && r.outcome() == Outcome.APPLIED);
    if (tool.agreed(prods).contains(run.id())) {
      agreements.learn(run.id(), expected.agreed(), order.entities());
    }
    if (applied) {
      past(prods)
          .add(new Past(run.id(), order.entities(), before, expected.after(), order.backup()));
    }
    return applied;
  }

  /** Whoever does the same again changes nothing. */
  private void again(Order order, Office target) {
    Rows done = target.rows();
    assertThat(tool.sync(order, false).totals().changes()).as("the second time").isZero();
    assertThat(target.rows()).isEqualTo(done);
  }

  private static void require(Order order, SyncReport report, ThreeWay expected, Status status) {
    List<String> said = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Entity entity : order.entities()) {
      TableCounts counts =
          report.tables().stream()
              .filter(t -> t.table().endsWith("." + entity.table()))
              .findFirst()
              .orElseThrow();
      said.add(entity.table() + " " + Tally.of(counts));
      wanted.add(entity.table() + " " + expected.tally(entity));
    }
    assertThat(said).as("what it says").isEqualTo(wanted);
    assertThat(conflicts(report)).as("the conflicts").isEqualTo(expected.conflicts());
    assertThat(report.status())
        .isEqualTo(expected.conflicts().isEmpty() ? status : Status.CONFLICTS);
  }

  private static Set<String> conflicts(SyncReport report) {
    return report.conflicts().stream()
        .map(
            c ->
                c.table().replaceFirst(".*\\.", "")
                    + " "
                    + c.key().replace(", ", ":")
                    + (c.column() == null ? "" : " " + c.column().replaceFirst("code_id", "code")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<List<String>> own() {
    return Stream.concat(dev.own().stream(), prod.own().stream()).toList();
  }

  @Override
  public void close() {
    dev.close();
    prod.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
