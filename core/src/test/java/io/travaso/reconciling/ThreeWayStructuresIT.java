package io.travaso.reconciling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.config.OnConflict;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.testing.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same where rows reference each other, are matched by meaning, or have columns of their own.
 */
class ThreeWayStructuresIT {
  @TempDir Path folder;

  private static String serial(Engine engine) {
    return engine == Engine.MARIADB ? "int AUTO_INCREMENT PRIMARY KEY" : "serial PRIMARY KEY";
  }

  private Twins family(Engine engine) {
    return Twins.of(
            engine,
            folder,
            "tables: [{table: town, match: [code]}, parent, child, friends]",
            "CREATE TABLE town (id "
                + serial(engine)
                + ", code varchar(10) NOT NULL UNIQUE, name varchar(40))",
            "CREATE TABLE parent (id "
                + serial(engine)
                + ", name varchar(40) NOT NULL, town_id int, FOREIGN KEY (town_id) REFERENCES town"
                + " (id))",
            "CREATE TABLE child (id "
                + serial(engine)
                + ", parent_id int NOT NULL, name varchar(40), FOREIGN KEY (parent_id) REFERENCES"
                + " parent (id))",
            "CREATE TABLE friends (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b), FOREIGN KEY"
                + " (a) REFERENCES parent (id), FOREIGN KEY (b) REFERENCES parent (id))")
        .prod("INSERT INTO town (code, name) VALUES ('PI', 'Pisa'), ('RM', 'Roma')")
        .dev(
            "INSERT INTO town (code, name) VALUES ('RM', 'Roma'), ('PI', 'Pisa'), ('BA', 'Bari')",
            "INSERT INTO parent (id, name, town_id) SELECT 1, 'Anna', id FROM town WHERE code ="
                + " 'RM'",
            "INSERT INTO parent (id, name, town_id) SELECT 2, 'Bruno', id FROM town WHERE code ="
                + " 'PI'",
            "INSERT INTO child (id, parent_id, name) VALUES (1, 1, 'Carla'), (2, 2, 'Dino')",
            "INSERT INTO friends VALUES (1, 2)");
  }

  private static final String PARENTS =
      "SELECT p.id, p.name, t.code FROM parent p LEFT JOIN town t ON t.id = p.town_id ORDER BY"
          + " p.id";

  @ParameterizedTest
  @EnumSource
  void referencesByMeaningAreKeptAndMerged(Engine engine) {
    try (Twins twins = family(engine).pushed()) {
      assertThat(twins.pull().status()).isEqualTo(Status.UNCHANGED);
      String bari = "(SELECT id FROM town WHERE code = 'BA')";
      twins.prod("UPDATE parent SET town_id = " + bari + " WHERE id = 1");
      twins.dev("UPDATE parent SET name = 'Anna Maria' WHERE id = 1");
      twins.dev("INSERT INTO town (code, name) VALUES ('CO', 'Como')");
      twins.dev("UPDATE parent SET town_id = (SELECT id FROM town WHERE code = 'CO') WHERE id = 2");
      SyncReport report = twins.push();
      assertThat(report.totals().merged()).isEqualTo(1);
      assertThat(twins.prod.rows(PARENTS)).containsExactly("1|Anna Maria|BA", "2|Bruno|CO");
      assertThat(twins.pull().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.dev.rows(PARENTS)).isEqualTo(twins.prod.rows(PARENTS));
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.pull().status()).isEqualTo(Status.UNCHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void newOnBothSidesByMeaningIsOneRow(Engine engine) {
    try (Twins twins = family(engine).pushed()) {
      twins.prod("INSERT INTO town (code, name) VALUES ('CO', 'Como (CO)')");
      twins.dev("INSERT INTO town (code, name) VALUES ('CO', 'Como')");
      SyncReport report = twins.push();
      assertThat(report.status()).isEqualTo(Status.CONFLICTS);
      assertThat(report.totals().conflicts()).isEqualTo(1);
      assertThat(twins.onConflict(OnConflict.TARGET).push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.plainly().pull().totals().updated()).isEqualTo(1);
      assertThat(twins.dev.rows("SELECT name FROM town WHERE code = 'CO'"))
          .containsExactly("Como (CO)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void deletedFamiliesGoTogether(Engine engine) {
    try (Twins twins = family(engine).pushed()) {
      twins.dev(
          "DELETE FROM friends WHERE a = 1",
          "DELETE FROM child WHERE parent_id = 1",
          "DELETE FROM parent WHERE id = 1");
      assertThat(twins.push().totals().goneInSource()).isEqualTo(3);
      assertThat(twins.propagatingDeletes().push().totals().deleted()).isEqualTo(3);
      assertThat(twins.prod.rows(PARENTS)).containsExactly("2|Bruno|PI");
      // Set again, they are new, whoever sets them.
      twins.prod(
          "INSERT INTO parent (id, name) VALUES (1, 'Anna')", "INSERT INTO friends VALUES (1, 2)");
      assertThat(twins.plainly().pull().totals().created()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLinkThatBothRemovedCanBeSetAgain(Engine engine) {
    try (Twins twins = family(engine).pushed()) {
      twins.dev("DELETE FROM friends").prod("DELETE FROM friends");
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      twins.prod("INSERT INTO friends VALUES (1, 2)");
      assertThat(twins.pull().totals().created()).isEqualTo(1);
      assertThat(twins.dev.rows("SELECT a, b FROM friends")).containsExactly("1|2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewRowOfAParentThatTheTargetDeletedIsRefused(Engine engine) {
    try (Twins twins = family(engine).pushed()) {
      twins.prod(
          "DELETE FROM friends",
          "DELETE FROM child WHERE parent_id = 1",
          "DELETE FROM parent WHERE id = 1");
      twins.dev("INSERT INTO child (id, parent_id, name) VALUES (3, 1, 'Ezio')");
      assertThatThrownBy(twins::push)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("can't be merged");
      assertThat(twins.prod.rows("SELECT id FROM child ORDER BY id")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReferencedFromWhatOnlyTheTargetHasIsNotDeleted(Engine engine) {
    try (Twins twins = family(engine).pushed()) {
      twins.dev(
          "DELETE FROM friends",
          "DELETE FROM child WHERE parent_id = 1",
          "DELETE FROM parent WHERE id = 1");
      twins.prod("INSERT INTO child (id, parent_id, name) VALUES (9, 1, 'Ezio')");
      assertThatThrownBy(() -> twins.propagatingDeletes().push()).isInstanceOf(SyncException.class);
      assertThat(twins.prod.rows(PARENTS)).hasSize(2);
      assertThat(twins.prod.rows("SELECT id FROM child ORDER BY id"))
          .containsExactly("1", "2", "9");
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsThatBelongToAnEnvironmentAreNoChange(Engine engine) {
    try (Twins twins =
        Twins.of(
                engine,
                folder,
                """
                tables: [doc]
                columns:
                  doc:
                    path: {rewrite: {dev: /home/anna, prod: /srv/app}}
                    state: keep-target
                    thumb: ignore
                """,
                "CREATE TABLE doc (id int PRIMARY KEY, title varchar(40), path varchar(80), state"
                    + " varchar(10), thumb varchar(10))")
            .dev(
                "INSERT INTO doc VALUES (1, 'A', '/home/anna/a', 'd', 't'), (2, 'B',"
                    + " '/home/anna/b', 'd', 't')")
            .pushed()) {
      assertThat(twins.prod.rows("SELECT path FROM doc ORDER BY id"))
          .containsExactly("/srv/app/a", "/srv/app/b");
      twins.prod("UPDATE doc SET state = 'p', thumb = 'u'");
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.pull().status()).isEqualTo(Status.UNCHANGED);
      twins.prod("UPDATE doc SET path = '/srv/app/c' WHERE id = 1");
      twins.dev("UPDATE doc SET title = 'AA' WHERE id = 1");
      assertThat(twins.push().totals().merged()).isEqualTo(1);
      assertThat(twins.pull().totals().updated()).isEqualTo(1);
      assertThat(twins.dev.rows("SELECT title, path, state FROM doc WHERE id = 1"))
          .containsExactly("AA|/home/anna/c|d");
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
    }
  }

  @Test
  void fromOneEngineToTheOtherAndBack() {
    try (Twins twins =
        Twins.across(
                Engine.POSTGRESQL,
                Engine.MARIADB,
                folder,
                "tables: [thing]",
                "CREATE TABLE thing (id int PRIMARY KEY, name varchar(40), price decimal(12,2),"
                    + " since date, ratio double precision)")
            .dev(
                "INSERT INTO thing VALUES (1, 'Anna', 1.50, '2026-01-02', 0.1), (2, 'è', NULL,"
                    + " NULL, 1e10)")
            .pushed()) {
      assertThat(twins.pull().status()).isEqualTo(Status.UNCHANGED);
      twins.prod("UPDATE thing SET price = 2.00 WHERE id = 1");
      twins.dev("UPDATE thing SET ratio = 0.3 WHERE id = 1");
      assertThat(twins.push().totals().merged()).isEqualTo(1);
      assertThat(twins.pull().totals().updated()).isEqualTo(1);
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.dev.rows("SELECT price, ratio FROM thing WHERE id = 1"))
          .containsExactly("2.00|0.3");
    }
  }
}
