package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many workers a server may give to the sessions that read. */
class BoundedReadingIT {
  private static final String WORKERS = "SHOW max_parallel_workers_per_gather";

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void take() throws IOException {
    database = DatabasePool.take(Engine.POSTGRESQL.shared());
    Files.writeString(folder.resolve("password"), database.password());
  }

  @AfterEach
  void giveBack() {
    DatabasePool.giveBack(database);
  }

  @Test
  void isNeverMoreThanTheServersOwnButForDigests() {
    int own = Integer.parseInt(database.rows(WORKERS).get(0));
    for (int jobs : new int[] {1, 2, own + 1, own + 6}) {
      try (LocalDatabase prod = prod(false, jobs);
          Handle reading = prod.reading().session();
          Handle beside = prod.reading().beside();
          Handle digesting = prod.get().session()) {
        int workers = Math.min(own, jobs - 1);
        assertThat(workers(reading)).isEqualTo(workers);
        assertThat(workers(beside)).isEqualTo(workers);

        prod.reading().digesting(digesting);
        assertThat(workers(digesting)).isEqualTo(own == 0 ? 0 : jobs - 1);
      }
    }
  }

  @Test
  void isNoneInAProtectedEnvironmentButForDigests() {
    try (LocalDatabase prod = prod(true, 9);
        Handle reading = prod.reading().session()) {
      int own = Integer.parseInt(database.rows(WORKERS).get(0));
      assertThat(own).isPositive();
      assertThat(workers(reading)).isZero();

      prod.reading().digesting(reading);
      assertThat(workers(reading)).isEqualTo(3);
    }
  }

  private static int workers(Handle session) {
    return session.createQuery(WORKERS).mapTo(Integer.class).one();
  }

  private LocalDatabase prod(boolean isProtected, int jobs) {
    Surroundings surroundings = new Surroundings(Map.of(), folder, folder);
    SyncConfig config =
        SyncConfig.parse(
            """
            environments:
              prod:
                protected: %s
                database: {url: "%s", password: {file: password}}
            tables: [item]
            """
                .formatted(isProtected, database.url()),
            folder.resolve("sync.yaml"),
            surroundings);
    Environment prod = config.environment("prod").withJobs(jobs);
    return new LocalDatabase(config, prod, surroundings);
  }
}
