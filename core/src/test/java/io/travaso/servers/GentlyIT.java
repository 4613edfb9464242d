package io.travaso.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.merge.MergePolicy;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import io.travaso.testing.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How rows of a protected environment are read. */
class GentlyIT {
  private static final int ROWS = 20_000;

  @TempDir Path folder;

  private Both open(Engine engine, String reading) {
    Both both = Both.on(engine, folder, "item");
    both.prod.execute("CREATE TABLE item (id int PRIMARY KEY, name varchar(600) NOT NULL)");
    both.prod.execute(
        engine == Engine.MARIADB
            ? "INSERT INTO item SELECT seq, 'n' FROM seq_1_to_" + ROWS
            : "INSERT INTO item SELECT i, 'n' FROM generate_series(1, " + ROWS + ") AS i");
    return both.prodWith("protected: true", reading);
  }

  @ParameterizedTest
  @EnumSource
  void givesUpAStatementThatTakesLongerThanItMay(Engine engine) throws SQLException {
    try (Both both = open(engine, "reading: {statement-timeout: 1s}");
        Site site = both.site("prod");
        Connection other = both.prod.connect();
        Statement statement = other.createStatement()) {
      // What is known of the tables is read before; only the rows have to wait.
      site.check(
          new Requests.Check(Role.SOURCE, List.of(), MergePolicy.UPSERT, false), Progress.SILENT);
      other.setAutoCommit(false);
      statement.execute(
          engine == Engine.MARIADB
              ? "LOCK TABLES item WRITE"
              : "LOCK TABLE item IN ACCESS EXCLUSIVE MODE");

      SyncException failed =
          catchThrowableOfType(
              SyncException.class,
              () -> site.export(new Requests.Export(List.of(), null, ".json", 0), Progress.SILENT));

      assertThat(failed.kind()).isEqualTo(Kind.FAILED);
      assertThat(failed.what()).contains("prod: a statement took longer than the 1 s it may");
      assertThat(failed.hint()).contains("statement-timeout");
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAllRowsAtAnyPace(Engine engine) {
    try (Both both = open(engine, "reading: {pace: 70, statement-timeout: 10m}")) {
      assertThat(both.exportProd(Progress.SILENT).records()).isEqualTo(ROWS);
    }
  }
}
