package io.travaso.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.pipeline.SyncReport.TableCounts;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Two databases, the real tool between them, and the model that says what it must do. */
final class World implements AutoCloseable {
  private static final boolean THREE_WAY = false;

  private final Path folder;
  private final Office dev;
  private final Office prod;
  private final Tool tool;
  private final Agreements agreements = new Agreements();

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

  void sync(Order order) {
    Office source = office(!order.toProd());
    Office target = office(order.toProd());
    Rows there = source.rows();
    Rows here = target.rows();
    List<List<String>> own = own();
    ThreeWay expected = new ThreeWay(order, there, here, THREE_WAY ? agreements.base() : null);

    dryRun(order, expected, here);
    boolean done = run(order, expected);

    assertThat(target.rows()).as("the target").isEqualTo(done ? expected.after() : here);
    assertThat(source.rows()).as("the source").isEqualTo(there);
    assertThat(own()).as("what is excluded").isEqualTo(own);
    if (done) {
      again(order, target);
    }
  }

  /** It says what the run does, and does nothing. */
  private void dryRun(Order order, ThreeWay expected, Rows here) {
    try {
      require(tool.sync(order, true), expected, Status.PLANNED);
    } catch (SyncException e) {
      assertThat(expected.after().hold()).as(e.toString() + e.details()).isFalse();
    }
    assertThat(office(order.toProd()).rows()).as("after a dry run").isEqualTo(here);
  }

  private boolean run(Order order, ThreeWay expected) {
    try {
      SyncReport report = tool.sync(order, false);
      require(report, expected, expected.changes() ? Status.APPLIED : Status.UNCHANGED);
      Rows agreed = expected.agreed();
      agreements.learn(true, report.runId(), agreed);
      agreements.learn(false, report.runId(), agreed);
      return true;
    } catch (SyncException e) {
      assertThat(expected.after().hold()).as(e.toString() + e.details()).isFalse();
      return false;
    }
  }

  /** Whoever does the same again changes nothing. */
  private void again(Order order, Office target) {
    Rows done = target.rows();
    assertThat(tool.sync(order, false).totals().changes()).as("the second time").isZero();
    assertThat(target.rows()).isEqualTo(done);
  }

  private static void require(SyncReport report, ThreeWay expected, Status status) {
    List<String> said = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Entity entity : Entity.values()) {
      TableCounts counts =
          report.tables().stream()
              .filter(t -> t.table().endsWith("." + entity.table()))
              .findFirst()
              .orElseThrow();
      said.add(entity.table() + " " + Tally.of(counts));
      wanted.add(entity.table() + " " + expected.tally(entity));
    }
    assertThat(said).as("what it says").isEqualTo(wanted);
    assertThat(report.status()).isEqualTo(status);
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
