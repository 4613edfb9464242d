package io.travaso.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Progress;
import io.travaso.filter.Question;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By how many processes PostgreSQL reads the rows of an environment. */
class JobsIT {
  /** Their digests are more than all buffers on the way hold, so nobody is done before we look. */
  private static final int ROWS = 500_000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String WORKERS =
      "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'parallel worker'"
          + " AND datname = current_database()";

  @TempDir Path folder;

  /** How the table is kept. */
  enum Kept {
    WHOLE("WITH (parallel_workers = 8)"),
    IN_PARTITIONS(
        "PARTITION BY RANGE (id)",
        "CREATE TABLE item_low PARTITION OF item FOR VALUES FROM (0) TO (200000)"
            + " WITH (parallel_workers = 8)",
        "CREATE TABLE item_high PARTITION OF item FOR VALUES FROM (200000) TO (9000000)"
            + " WITH (parallel_workers = 8)");

    private final String how;
    private final String parts;

    Kept(String how, String... parts) {
      this.how = how;
      this.parts = String.join("; ", parts);
    }
  }

  private static void fill(TestDatabase database, Kept kept) {
    // Of the hash of one column alone PostgreSQL thinks that no worker is worth it.
    String columns =
        IntStream.range(0, 8).mapToObj(i -> "n" + i + " int").collect(Collectors.joining(", "));
    database.execute("CREATE TABLE item (id int PRIMARY KEY, " + columns + ") " + kept.how);
    database.execute(kept.parts);
    database.execute(
        "INSERT INTO item SELECT i, i, 1, NULL, -i, 2, i, 3, i FROM generate_series(1, "
            + ROWS
            + ") AS i");
    database.execute("ANALYZE item");
  }

  /** Looks, while rows come, how many processes make digests for the one that sends them. */
  private static final class Looking implements Progress {
    private final TestDatabase database;
    private final long expected;
    private long most;
    private boolean waited;

    Looking(TestDatabase database, long expected) {
      this.database = database;
      this.expected = expected;
    }

    @Override
    public void at(String work, long done, long total) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      do {
        most = Math.max(most, Long.parseLong(database.rows(WORKERS).get(0)));
        pause();
      } while (!waited && most < expected && System.nanoTime() < end);
      waited = true;
    }

    @Override
    public void tells(String line) {}

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static long workers(Both both, Role role, long expected) {
    try (Site prod = both.site("prod")) {
      Looking looking = new Looking(both.prod, expected);
      prod.digest(
          new Requests.Digest(role, List.of("public.item"), null, false, List.of()), looking);
      assertThat(looking.waited).isTrue();
      return looking.most;
    }
  }

  @ParameterizedTest
  @EnumSource
  void areReadByAsManyAsWasSaid(Kept kept) {
    try (Both both = Both.on(Engine.POSTGRESQL, folder, "item")) {
      fill(both.prod, kept);
      for (Role role : List.of(Role.SOURCE, Role.TARGET)) {
        both.prodWith("reading: {jobs: 1}");
        assertThat(workers(both, role, 0)).isZero();
        both.prodWith("reading: {jobs: 3}");
        assertThat(workers(both, role, 2)).isEqualTo(2);
      }
    }
  }

  @Test
  void areNeverReadByMoreThanFourWhereTheyAreProtected() {
    try (Both both = Both.on(Engine.POSTGRESQL, folder, "item")) {
      fill(both.prod, Kept.WHOLE);
      both.prodWith("protected: true", "reading: {jobs: 8}");
      assertThat(workers(both, Role.SOURCE, 3)).isEqualTo(3);
    }
  }

  @Test
  void areReadByOneWhereTheServerHasNoWorkersToGive() {
    try (Both both = Both.on(Engine.POSTGRESQL, folder, "item")) {
      fill(both.prod, Kept.WHOLE);
      String database = "ALTER DATABASE " + both.prod.name();
      both.prod.execute(database + " SET max_parallel_workers_per_gather = 0");
      try {
        both.prodWith("reading: {jobs: 3}");
        assertThat(workers(both, Role.SOURCE, 0)).isZero();
      } finally {
        both.prod.execute(database + " RESET max_parallel_workers_per_gather");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void areTheSameByHoweverManyTheyAreRead(Kept kept) throws IOException {
    try (Both both = Both.on(Engine.POSTGRESQL, folder, "item")) {
      fill(both.prod, kept);
      Read one = read(both.prodWith("reading: {jobs: 1}"));
      Read four = read(both.prodWith("reading: {jobs: 4}"));

      assertThat(one.rows()).isEqualTo(ROWS);
      assertThat(four.rows()).isEqualTo(ROWS);
      assertThat(four.sums()).isNotEmpty().isEqualTo(one.sums());
      assertThat(Files.mismatch(four.export(), one.export())).isEqualTo(-1);
    }
  }

  /** What was read: sums of the digests' blocks, and all rows. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Read(long rows, byte[] sums, Path export) {}

  private static Read read(Both both) {
    try (Site prod = both.site("prod")) {
      long rows =
          prod.digest(
                  new Requests.Digest(Role.TARGET, List.of("public.item"), null, false, List.of()),
                  Progress.SILENT)
              .get(0)
              .rows();
      Question question = new Question("public.item", null, 12);
      byte[] sums = prod.compare(new Requests.Compare(List.of(question))).get(0);
      return new Read(rows, sums, Path.of(both.exportProd(Progress.SILENT).file()));
    }
  }
}
