package io.travaso.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.Requests.Role;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.GaleraCluster;
import io.travaso.testing.MariaDbServer;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Galera cluster of three nodes as prod: what others write meanwhile, and how much it takes. */
@Tag("night")
class GaleraIT {
  private static final String SCHEMA =
      "CREATE TABLE item (id int PRIMARY KEY, name varchar(600) NOT NULL)";
  private static GaleraCluster cluster;

  @TempDir Path folder;
  private TestDatabase dev;
  private TestDatabase prod;
  private Both both;

  @BeforeAll
  static void start() {
    cluster = GaleraCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    dev = DatabasePool.take(MariaDbServer.shared());
    prod = cluster.node(0).newDatabase();
    dev.execute(SCHEMA, "INSERT INTO item VALUES (1, 'one'), (2, 'two')");
    prod.execute(SCHEMA, "INSERT INTO item VALUES (1, 'uno'), (8, 'prod''s'), (9, 'prod''s')");
    both = new Both(folder, dev, prod, "item");
  }

  @AfterEach
  void close() {
    cluster.set("wsrep_max_ws_rows", "0");
    cluster.set("wsrep_max_ws_size", "2147483647");
    DatabasePool.giveBack(dev);
    prod.close();
  }

  /** What every node has, without the numbers that are its own. */
  private List<String> names(int node) {
    return cluster.at(node, prod).rows("SELECT name FROM item ORDER BY id");
  }

  @Test
  void isTargetAndSourceOfWholeRuns() {
    both.replacing();
    assertThat(both.push().status()).isEqualTo(Status.APPLIED);
    settle();
    assertThat(names(0)).isEqualTo(names(1)).isEqualTo(names(2)).containsExactly("one", "two");

    both.rollBack("prod");
    settle();
    assertThat(names(2)).containsExactly("uno", "prod's", "prod's");

    assertThat(both.pull().status()).isEqualTo(Status.APPLIED);
    assertThat(dev.table("item")).isEqualTo(prod.table("item"));
  }

  /** Other nodes have a transaction a moment later. */
  private void settle() {
    for (int node = 0; node < 3; node++) {
      cluster.at(node, prod).rows("SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1 FROM item");
    }
  }

  @Test
  void readsAfterWritesThroughAnyNode() {
    both.pull();
    for (int i = 0; i < 6; i++) {
      dev.execute("UPDATE item SET name = 'round " + i + "' WHERE id = 1");
      assertThat(both.prodAt(cluster.at(i % 3, prod).url()).push().status())
          .isEqualTo(Status.APPLIED);
      prod.execute("UPDATE item SET name = 'prod " + i + "' WHERE id = 8");
      both.prodAt(cluster.at((i + 1) % 3, prod).url()).pull();
      assertThat(dev.rows("SELECT name FROM item WHERE id IN (1, 8) ORDER BY id"))
          .containsExactly("round " + i, "prod " + i);
    }
  }

  @Test
  void readsFromAnotherNode() {
    both.readingFrom(cluster.at(1, prod).url());
    prod.execute("INSERT INTO item VALUES (10, 'just now')");

    both.pull();

    assertThat(dev.rows("SELECT name FROM item WHERE id = 10")).containsExactly("just now");
  }

  @Test
  void mergesAgainWhatAnotherNodeWasFasterWith() {
    prod.executeAsAdmin("CREATE TRIGGER slow BEFORE UPDATE ON item FOR EACH ROW DO SLEEP(3)");
    CompletableFuture<Void> other =
        atAnotherNode("UPDATE item SET name = 'meanwhile' WHERE id = 9");
    int before = aborted();

    assertThat(both.push().status()).isEqualTo(Status.APPLIED);

    other.join();
    assertThat(aborted()).isGreaterThan(before);
    settle();
    assertThat(names(0)).containsExactly("one", "two", "prod's", "meanwhile");
    assertThat(names(1)).isEqualTo(names(0));
    assertThat(prod.rows("SELECT outcome FROM travaso_run")).containsExactly("applied");
  }

  @Test
  void refusesAPlanThatAnotherNodeMadeStale() {
    prod.executeAsAdmin("CREATE TRIGGER slow BEFORE UPDATE ON item FOR EACH ROW DO SLEEP(3)");
    CompletableFuture<Void> other = atAnotherNode("INSERT INTO item VALUES (2, 'due')");

    SyncException refused = catchThrowableOfType(SyncException.class, both::push);

    other.join();
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.what()).contains("changed since the plan was made");
    settle();
    assertThat(names(0)).containsExactly("uno", "due", "prod's", "prod's");
    assertThat(prod.rows("SELECT outcome FROM travaso_run")).containsExactly("failed");
  }

  /** Writes at another node as soon as the merge is in the middle of it. */
  private CompletableFuture<Void> atAnotherNode(String statement) {
    return CompletableFuture.runAsync(
        () -> {
          long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
          while (!cluster.sleeps(0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
          }
          cluster.at(1, prod).execute(statement);
        });
  }

  /** How many transactions of the first node gave way to those of others. */
  private int aborted() {
    return Integer.parseInt(
        prod.rows(
                "SELECT SUM(variable_value) FROM information_schema.global_status WHERE"
                    + " variable_name IN ('WSREP_LOCAL_BF_ABORTS', 'WSREP_LOCAL_CERT_FAILURES')")
            .get(0)
            .replaceFirst("\\..*", ""));
  }

  @Test
  void refusesBeforehandWhatTheClusterCantTake() {
    dev.execute("INSERT INTO item SELECT seq, REPEAT('x', 500) FROM seq_100_to_299");
    cluster.set("wsrep_max_ws_rows", "150");
    assertThat(refusedPush()).contains("202 rows, and the cluster takes 150");
    assertThat(prod.hasLedger()).isFalse();

    cluster.set("wsrep_max_ws_rows", "0");
    cluster.set("wsrep_max_ws_size", "50000");
    assertThat(refusedPush())
        .matches("(?s).*about 1[01]\\d{4} bytes, and the cluster takes 50000.*");
    assertThat(prod.hasLedger()).isFalse();
    assertThat(names(0)).containsExactly("uno", "prod's", "prod's");
  }

  @Test
  void saysAtCommitWhatIsTooLargeWithTheLedger() {
    dev.execute("INSERT INTO item SELECT seq, 'x' FROM seq_100_to_299");
    cluster.set("wsrep_max_ws_rows", "210");

    assertThat(refusedPush()).contains("too large a transaction");

    assertThat(names(0)).containsExactly("uno", "prod's", "prod's");
  }

  private String refusedPush() {
    SyncException refused = catchThrowableOfType(SyncException.class, both::push);
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.hint()).contains("wsrep_max_ws_rows");
    return refused.what();
  }

  @Test
  void keepsTheLedgerInTablesThatEveryNodeHas() {
    both.push();

    assertThat(
            prod.rows(
                "SELECT COUNT(*), SUM(engine = 'InnoDB'), SUM(EXISTS (SELECT 1 FROM"
                    + " information_schema.table_constraints AS c WHERE c.table_schema ="
                    + " t.table_schema AND c.table_name = t.table_name AND c.constraint_type ="
                    + " 'PRIMARY KEY')) FROM information_schema.tables AS t WHERE table_schema ="
                    + " DATABASE() AND table_name LIKE 'travaso\\_%'"))
        .containsExactly("7|7|7");
  }

  @Test
  void doctorWarnsThatLocksAreANodesOwn() {
    assertThat(both.findings(Role.EXAMINED))
        .noneMatch(Finding::isProblem)
        .anyMatch(f -> f.what().contains("node of a Galera cluster"));
  }
}
