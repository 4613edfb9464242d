package io.travaso.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.Requests.Role;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.PostgresPair;
import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL with a hot standby: rows are read there, and written at the primary. */
class StandbyIT {
  private static final String SCHEMA =
      "CREATE TABLE item (id int PRIMARY KEY, name varchar(600) NOT NULL)";
  private static PostgresPair servers;

  @TempDir Path folder;
  private TestDatabase dev;
  private TestDatabase prod;
  private Both both;

  @BeforeAll
  static void start() {
    servers = PostgresPair.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void open() {
    dev = DatabasePool.take(PostgresServer.shared());
    prod = servers.primary().newDatabase();
    dev.execute(SCHEMA);
    prod.execute(SCHEMA, "INSERT INTO item VALUES (1, 'one'), (2, 'two')");
    both = new Both(folder, dev, prod, "item").readingFrom(servers.url(prod));
    servers.awaitReplayed(prod);
  }

  @AfterEach
  void close() {
    set("max_standby_streaming_delay", "'30s'");
    set("recovery_min_apply_delay", "0");
    DatabasePool.giveBack(dev);
    prod.close();
  }

  private static void set(String setting, String value) {
    servers.atStandby("ALTER SYSTEM SET " + setting + " = " + value, "SELECT pg_reload_conf()");
  }

  @Test
  void readsAtTheStandbyAndNotAtThePrimary() {
    prod.execute("INSERT INTO item SELECT i, 'n' FROM generate_series(3, 20000) AS i");
    String copying =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%'"
            + " AND datname = current_database()";
    List<String> seen = new ArrayList<>();

    both.exportProd(
        (work, done, total) ->
            seen.add(servers.rows(prod, copying).get(0) + "/" + prod.rows(copying).get(0)));

    assertThat(seen).containsExactly("1/0");
  }

  @Test
  void waitsForWhatWasCommittedBefore() {
    set("recovery_min_apply_delay", "'1500ms'");
    prod.execute("INSERT INTO item VALUES (3, 'just now')");
    assertThat(servers.rows(prod, "SELECT count(*) FROM item")).containsExactly("2");

    both.pull();

    assertThat(dev.table("item")).containsExactly("(1,one)", "(2,two)", "(3,\"just now\")");
  }

  @Test
  void knowsWhatWasAgreedOnAMomentAgo() {
    both.pull();
    set("recovery_min_apply_delay", "'500ms'");
    dev.execute("UPDATE item SET name = 'eins' WHERE id = 1");
    assertThat(both.push().status()).isEqualTo(Status.APPLIED);
    dev.execute("UPDATE item SET name = 'ONE' WHERE id = 1");
    prod.execute("UPDATE item SET name = 'due' WHERE id = 2");

    SyncReport pulled = both.pull();

    // What dev changed since the push is dev's: the pull knows of the push.
    assertThat(pulled.status()).isEqualTo(Status.APPLIED);
    assertThat(dev.table("item")).containsExactly("(1,ONE)", "(2,due)");
  }

  @Test
  void writesAtThePrimaryAndTheStandbyFollows() {
    dev.execute("INSERT INTO item VALUES (7, 'seven')");

    assertThat(both.push().status()).isEqualTo(Status.APPLIED);

    servers.awaitReplayed(prod);
    assertThat(servers.rows(prod, "SELECT id FROM item ORDER BY id"))
        .containsExactly("1", "2", "7");
    assertThat(servers.rows(prod, "SELECT outcome FROM travaso.run")).containsExactly("applied");
  }

  @Test
  void refusesAStandbyAsTheTarget() {
    both.prodWith("protected: true").prodAt(servers.url(prod));

    SyncException refused = catchThrowableOfType(SyncException.class, both::push);

    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.what()).contains("prod is a read-only standby");
    assertThat(refused.hint()).contains("Name the primary");
    assertThat(both.findings(Role.SOURCE)).noneMatch(Finding::isProblem);
  }

  @Test
  void refusesAStandbyThatDoesNotFollow() {
    both.readingFrom(servers.url(prod), "reading: {standby-wait: 1s}");
    servers.atStandby("SELECT pg_wal_replay_pause()");
    try {
      prod.execute("INSERT INTO item VALUES (3, 'three')");

      SyncException refused =
          catchThrowableOfType(SyncException.class, () -> both.exportProd(Progress.SILENT));

      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused.what()).contains("does not follow: after 1 s").contains("paused");
      assertThat(refused.hint()).contains("standby-wait");
      assertThat(both.findings(Role.EXAMINED))
          .anyMatch(f -> f.isProblem() && f.what().contains("does not follow"));
    } finally {
      servers.atStandby("SELECT pg_wal_replay_resume()");
    }
  }

  @Test
  void refusesWhatIsNoStandbyOfIt() {
    both.readingFrom(prod.url());
    assertThat(refusal()).contains("prod, read-from").contains("no standby: it is the primary");

    PostgresServer other = PostgresServer.shared();
    other.executeAsAdmin("CREATE DATABASE " + prod.name() + " OWNER " + other.user());
    try {
      // Whoever can connect there is in another database all the same.
      other.executeAsAdmin("CREATE ROLE stranger LOGIN PASSWORD '%s'".formatted(prod.password()));
      both.readingFrom(
          "postgresql://stranger@127.0.0.1:%d/%s".formatted(other.port(), prod.name()));
      assertThat(refusal()).contains("another database than `database`");
    } finally {
      other.executeAsAdmin("DROP DATABASE " + prod.name(), "DROP ROLE stranger");
    }
    both.readingFrom(servers.url(prod)).prodAt(servers.url(prod));
    assertThat(refusal()).contains("`database` is a standby itself");
  }

  private String refusal() {
    return catchThrowableOfType(SyncException.class, () -> both.exportProd(Progress.SILENT)).what();
  }

  @Test
  void readsOnceMoreWhatTheStandbyGaveUp() {
    set("max_standby_streaming_delay", "0");
    fill();
    Vacuum vacuum = new Vacuum(1);

    both.exportProd(vacuum);

    assertThat(vacuum.told).hasSize(1).first().asString().contains("read once more");
  }

  @Test
  void saysWhatToDoWhereTheStandbyGivesUpAgain() {
    set("max_standby_streaming_delay", "0");
    fill();
    Vacuum vacuum = new Vacuum(2);

    SyncException failed = catchThrowableOfType(SyncException.class, () -> both.exportProd(vacuum));

    assertThat(failed.what()).contains("the standby gave the query up");
    assertThat(failed.hint()).contains("max_standby_streaming_delay", "hot_standby_feedback");
    assertThat(folder.resolve("exports")).isEmptyDirectory();
  }

  /** More than waits in the buffers of a connection. */
  private void fill() {
    prod.execute("INSERT INTO item SELECT i, repeat('x', 500) FROM generate_series(3, 60000) AS i");
    servers.awaitReplayed(prod);
  }

  /** Removes rows at the primary for good while they are read at the standby. */
  private final class Vacuum implements Progress {
    private final List<String> told = new ArrayList<>();
    private int left;

    Vacuum(int times) {
      this.left = times;
    }

    @Override
    public void at(String work, long done, long total) {
      if (done < 20_000 && left-- > 0) {
        prod.execute("DELETE FROM item WHERE id > 50000 AND id % 10 = " + left, "VACUUM item");
        servers.awaitConflict(prod);
      }
    }

    @Override
    public void tells(String line) {
      told.add(line);
    }
  }

  @Test
  void doctorLooksAtTheStandby() {
    assertThat(both.findings(Role.EXAMINED))
        .noneMatch(Finding::isProblem)
        .anyMatch(f -> f.what().contains("rows are read from " + prod.name() + " at 127.0.0.1"));
  }
}
