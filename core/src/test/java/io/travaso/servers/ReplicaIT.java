package io.travaso.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.Requests.Role;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.MariaDbPair;
import io.travaso.testing.MariaDbServer;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB with a replica: rows are read there, and written at the primary. */
class ReplicaIT {
  private static final String SCHEMA =
      "CREATE TABLE item (id int PRIMARY KEY, name varchar(600) NOT NULL)";
  private static MariaDbPair servers;

  @TempDir Path folder;
  private TestDatabase dev;
  private TestDatabase prod;
  private Both both;

  @BeforeAll
  static void start() {
    servers = MariaDbPair.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void open() {
    dev = DatabasePool.take(MariaDbServer.shared());
    prod = servers.primary().newDatabase();
    dev.execute(SCHEMA);
    prod.execute(SCHEMA, "INSERT INTO item VALUES (1, 'one'), (2, 'two')");
    both = new Both(folder, dev, prod, "item").readingFrom(servers.atReplica(prod).url());
    servers.awaitFollowed(prod);
  }

  @AfterEach
  void close() {
    delay(0);
    DatabasePool.giveBack(dev);
    prod.close();
  }

  private static void delay(int seconds) {
    servers
        .replica()
        .executeAsAdmin("STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY = " + seconds, "START SLAVE");
  }

  @Test
  void waitsForWhatWasCommittedBefore() {
    delay(2);
    prod.execute("INSERT INTO item VALUES (3, 'just now')");
    assertThat(servers.atReplica(prod).table("item")).hasSize(2);

    both.pull();

    assertThat(dev.table("item")).hasSize(3).isEqualTo(prod.table("item"));
  }

  @Test
  void readsAtTheReplica() {
    // A row that only the replica has shows where rows are from.
    servers.replica().executeAsAdmin("SET GLOBAL read_only = OFF");
    servers.atReplica(prod).execute("INSERT INTO item VALUES (9, 'there')");

    both.pull();

    assertThat(dev.rows("SELECT name FROM item WHERE id = 9")).containsExactly("there");
  }

  @Test
  void writesAtThePrimaryAndKnowsWhatWasAgreedOn() {
    both.pull();
    delay(1);
    dev.execute("UPDATE item SET name = 'eins' WHERE id = 1");
    assertThat(both.push().status()).isEqualTo(Status.APPLIED);
    dev.execute("UPDATE item SET name = 'ONE' WHERE id = 1");
    prod.execute("UPDATE item SET name = 'due' WHERE id = 2");

    assertThat(both.pull().status()).isEqualTo(Status.APPLIED);

    assertThat(dev.rows("SELECT name FROM item ORDER BY id")).containsExactly("ONE", "due");
    assertThat(prod.rows("SELECT name FROM item ORDER BY id")).containsExactly("eins", "due");
  }

  @Test
  void refusesAReplicaThatDoesNotFollow() {
    both.readingFrom(servers.atReplica(prod).url(), "reading: {standby-wait: 1s}");
    servers.replica().executeAsAdmin("STOP SLAVE");
    prod.execute("INSERT INTO item VALUES (3, 'three')");

    SyncException refused = refusal();

    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.what()).contains("does not follow: after 1 s");
    assertThat(both.findings(Role.EXAMINED))
        .anyMatch(f -> f.isProblem() && f.what().contains("does not follow"));
  }

  @Test
  void refusesWhatIsNoReplicaOfIt() {
    both.readingFrom(prod.url());
    assertThat(refusal().what()).contains("the server of `database` itself");

    MariaDbServer other = MariaDbServer.shared();
    other.executeAsAdmin(
        "CREATE DATABASE " + prod.name(),
        "CREATE USER stranger IDENTIFIED BY '%s'".formatted(prod.password()),
        "GRANT ALL ON %s.* TO stranger".formatted(prod.name()));
    try {
      String url = "mariadb://stranger@127.0.0.1:%d/%s".formatted(other.port(), prod.name());
      both.readingFrom(url);
      assertThat(refusal().what()).contains("is no replica: it has followed nothing yet");
    } finally {
      other.executeAsAdmin("DROP DATABASE " + prod.name(), "DROP USER stranger");
    }
  }

  @Test
  void refusesAReplicaThatLeavesTheLedgerOut() {
    dev.execute("INSERT INTO item VALUES (3, 'three')");
    both.push();
    servers.awaitFollowed(prod);
    servers.replica().executeAsAdmin("SET GLOBAL read_only = OFF");
    servers.atReplica(prod).execute("DELETE FROM travaso_run");

    assertThat(refusal().what()).contains("another ledger than `database`");
  }

  private SyncException refusal() {
    return catchThrowableOfType(SyncException.class, () -> both.exportProd(Progress.SILENT));
  }

  @Test
  void doctorLooksAtTheReplica() {
    assertThat(both.findings(Role.EXAMINED))
        .noneMatch(Finding::isProblem)
        .anyMatch(f -> f.what().contains("rows are read from " + prod.name()));
  }
}
