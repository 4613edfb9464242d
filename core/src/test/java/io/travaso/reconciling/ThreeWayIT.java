package io.travaso.reconciling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.config.OnConflict;
import io.travaso.merge.Decision;
import io.travaso.merge.Decision.Side;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.testing.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a row, by what happened to it on either side since both agreed. */
class ThreeWayIT {
  private static final String ALL = "SELECT id, name, phone, city FROM person ORDER BY id";

  @TempDir Path folder;

  private Twins twins(Engine engine) {
    String id = engine == Engine.MARIADB ? "int AUTO_INCREMENT PRIMARY KEY" : "serial PRIMARY KEY";
    return Twins.of(
            engine,
            folder,
            "tables: [person]",
            "CREATE TABLE person (id "
                + id
                + ", name varchar(40) NOT NULL, phone varchar(20), city varchar(40), changed"
                + " timestamp(6) NULL)")
        .dev(
            "INSERT INTO person (id, name, phone, city) VALUES (1, 'Anna', '1', 'Roma'), (2,"
                + " 'Bruno', '2', 'Pisa'), (3, 'Carla', NULL, 'Bari')");
  }

  private Twins agreed(Engine engine) {
    return twins(engine).pushed();
  }

  @ParameterizedTest
  @EnumSource
  void whatOnlyTheTargetChangedStays(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("UPDATE person SET phone = '333' WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 2");
      SyncReport report = twins.push();
      assertThat(report.status()).isEqualTo(Status.APPLIED);
      assertThat(report.totals().updated()).isEqualTo(1);
      assertThat(report.totals().keptTarget()).isEqualTo(1);
      assertThat(report.totals().unchanged()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL))
          .containsExactly("1|Anna|333|Roma", "2|Bruno|2|Como", "3|Carla|\\N|Bari");
      // The way back brings it, and then nothing is left to do.
      assertThat(twins.pull().totals().updated()).isEqualTo(1);
      assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.pull().status()).isEqualTo(Status.UNCHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void differentColumnsAreMerged(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("UPDATE person SET phone = NULL WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como', name = 'Anna Maria' WHERE id = 1");
      SyncReport report = twins.push();
      assertThat(report.totals().merged()).isEqualTo(1);
      assertThat(report.totals().updated()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna Maria|\\N|Como");
      assertThat(twins.pull().totals().updated()).isEqualTo(1);
      assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeRowsAreInConflictWhereColumnsWouldBeMerged(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("UPDATE person SET phone = '333' WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 1");
      SyncReport report = twins.wholeRows().push();
      assertThat(report.status()).isEqualTo(Status.CONFLICTS);
      assertThat(report.totals().conflicts()).isEqualTo(1);
      assertThat(report.totals().updated()).isZero();
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|333|Roma");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameOnBothSidesIsNothing(Engine engine) {
    try (Twins twins = agreed(engine)) {
      String change = "UPDATE person SET phone = '333' WHERE id = 1";
      twins.prod(change).dev(change);
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      // That was agreed on: who changes it back changes it.
      twins.dev("UPDATE person SET phone = '1' WHERE id = 1");
      assertThat(twins.push().totals().updated()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|1|Roma");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameColumnIsAConflictAndNothingIsWritten(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("UPDATE person SET phone = '333', city = 'Lodi' WHERE id = 1");
      twins.dev("UPDATE person SET phone = '444' WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 2");
      List<String> before = twins.prod.rows(ALL);
      for (SyncReport report : List.of(twins.dryPush(), twins.push())) {
        assertThat(report.status()).isEqualTo(Status.CONFLICTS);
        assertThat(report.totals().conflicts()).isEqualTo(1);
        assertThat(report.totals().updated()).isEqualTo(1);
        assertThat(report.conflicts())
            .singleElement()
            .satisfies(
                c -> {
                  assertThat(c.key()).isEqualTo("1");
                  assertThat(c.column()).isEqualTo("phone");
                  assertThat(c.source()).isEqualTo("444");
                  assertThat(c.target()).isEqualTo("333");
                });
      }
      assertThat(twins.prod.rows(ALL)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyDecidesConflictsAndNothingElse(Engine engine) {
    for (OnConflict policy : List.of(OnConflict.SOURCE, OnConflict.TARGET)) {
      try (Twins twins = agreed(engine)) {
        twins.prod("UPDATE person SET phone = '333', city = 'Lodi' WHERE id = 1");
        twins.dev("UPDATE person SET phone = '444', name = 'A.' WHERE id = 1");
        assertThat(twins.onConflict(policy).push().status()).isEqualTo(Status.APPLIED);
        String phone = policy == OnConflict.SOURCE ? "444" : "333";
        assertThat(twins.prod.rows(ALL)).contains("1|A.|" + phone + "|Lodi");
        // Decided is decided: the way back has no conflict, whoever won.
        assertThat(twins.plainly().pull().status()).isEqualTo(Status.APPLIED);
        assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
        assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNewestWinsByItsColumn(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod(
          "UPDATE person SET phone = '333', changed = '2026-01-02 00:00:00' WHERE id IN (1, 2)");
      twins.dev("UPDATE person SET phone = '444', changed = '2026-01-01 00:00:00' WHERE id = 1");
      twins.dev("UPDATE person SET phone = '444', changed = '2026-01-03 00:00:00' WHERE id = 2");
      twins.prod("UPDATE person SET phone = 'p' WHERE id = 3");
      twins.dev("UPDATE person SET phone = 'd' WHERE id = 3");
      SyncReport undecided = twins.newestBy("changed").push();
      // Of the third nobody knows when.
      assertThat(undecided.conflicts()).hasSize(1);
      twins.plainly().dev("UPDATE person SET phone = 'p' WHERE id = 3");
      assertThat(twins.newestBy("changed").push().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|333|Roma", "2|Bruno|444|Pisa");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheTargetDeletedStaysDeleted(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("DELETE FROM person WHERE id IN (1, 2)");
      SyncReport report = twins.push();
      assertThat(report.totals().keptTarget()).isEqualTo(2);
      assertThat(report.totals().created()).isZero();
      assertThat(twins.prod.rows(ALL)).containsExactly("3|Carla|\\N|Bari");
      // Changed in dev meanwhile, it is a conflict.
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 1");
      SyncReport stopped = twins.push();
      assertThat(stopped.conflicts())
          .extracting(c -> c.key() + " " + c.kind())
          .containsExactly("1 deleted_in_target");
      assertThat(twins.onConflict(OnConflict.TARGET).push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.plainly().push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.propagatingDeletes().pull().totals().deleted()).isEqualTo(2);
      assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeletedRowOfTheTargetComesBackWhereTheSourceWins(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("DELETE FROM person WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 1");
      assertThat(twins.onConflict(OnConflict.SOURCE).push().totals().created()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|1|Como");
      assertThat(twins.plainly().pull().status()).isEqualTo(Status.UNCHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheSourceDeletedGoesOnlyWhenToldTo(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.dev("DELETE FROM person WHERE id IN (1, 2)");
      twins.prod("INSERT INTO person (id, name) VALUES (9, 'only here')");
      SyncReport kept = twins.push();
      assertThat(kept.totals().goneInSource()).isEqualTo(2);
      assertThat(kept.totals().deleted()).isZero();
      // Nor does it come back to where it was deleted.
      SyncReport back = twins.pull();
      assertThat(back.totals().created()).isEqualTo(1);
      assertThat(back.totals().keptTarget()).isEqualTo(2);
      SyncReport told = twins.propagatingDeletes().push();
      assertThat(told.totals().deleted()).isEqualTo(2);
      assertThat(twins.prod.rows(ALL)).containsExactly("3|Carla|\\N|Bari", "9|only here|\\N|\\N");
      assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheSourceDeletedAndTheTargetChangedIsAConflict(Engine engine) {
    for (OnConflict policy : List.of(OnConflict.SOURCE, OnConflict.TARGET)) {
      try (Twins twins = agreed(engine)) {
        twins.dev("DELETE FROM person WHERE id = 1");
        twins.prod("UPDATE person SET city = 'Lodi' WHERE id = 1");
        SyncReport stopped = twins.propagatingDeletes().push();
        assertThat(stopped.conflicts())
            .extracting(Object::toString)
            .singleElement()
            .asString()
            .contains("deleted_in_source");
        twins.with(policy, null, false, true, List.of());
        assertThat(twins.push().totals().deleted()).isEqualTo(policy == OnConflict.SOURCE ? 1 : 0);
        // What was to stay is the target's, and goes the way back.
        assertThat(twins.plainly().pull().totals().created())
            .isEqualTo(policy == OnConflict.SOURCE ? 0 : 1);
        assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void newOnBothSidesUnderOneKeyIsACollision(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("INSERT INTO person (id, name) VALUES (102, 'Prod''s customer')");
      twins.dev("INSERT INTO person (id, name) VALUES (102, 'Dev''s customer')");
      for (OnConflict policy : List.of(OnConflict.STOP, OnConflict.SOURCE, OnConflict.TARGET)) {
        SyncReport report = twins.onConflict(policy).push();
        assertThat(report.status()).isEqualTo(Status.CONFLICTS);
        assertThat(report.totals().collisions()).isEqualTo(1);
        assertThat(report.conflicts())
            .singleElement()
            .satisfies(c -> assertThat(c.kind()).isEqualTo("new_on_both"));
      }
      assertThat(twins.prod.rows(ALL)).contains("102|Prod's customer|\\N|\\N");
    }
  }

  @ParameterizedTest
  @EnumSource
  void decisionsHoldForTheRowsTheyWereMadeAbout(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("UPDATE person SET phone = '333', city = 'Lodi' WHERE id = 1");
      twins.dev("UPDATE person SET phone = '444', city = 'Como' WHERE id = 1");
      twins.dryPush();
      List<Decision> decisions =
          twins.conflicts().stream()
              .map(
                  c ->
                      new Decision(
                          c.table(),
                          c.key(),
                          c.column(),
                          "phone".equals(c.column()) ? Side.SOURCE : Side.TARGET,
                          c.seen()))
              .toList();
      assertThat(decisions).hasSize(2);
      twins.prod("UPDATE person SET name = 'Annina' WHERE id = 1");
      assertThatThrownBy(() -> twins.deciding(decisions).push())
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("since it was decided");
      twins.prod("UPDATE person SET name = 'Anna' WHERE id = 1");
      assertThat(twins.deciding(decisions).push().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|444|Lodi");
      assertThat(twins.plainly().pull().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstTimeTheSourceWinsAndItIsSaid(Engine engine) {
    try (Twins twins = twins(engine)) {
      twins.prod("INSERT INTO person (id, name) VALUES (1, 'another'), (9, 'only here')");
      SyncReport report = twins.push();
      assertThat(report.totals().updated()).isEqualTo(1);
      assertThat(report.overwrittenRows()).isEqualTo(1);
      assertThat(report.overwritten())
          .singleElement()
          .satisfies(o -> assertThat(o.key()).isEqualTo("1"));
      assertThat(report.firstSync()).containsExactly("public.person");
      // What only prod has was never agreed on, and no deletion of dev's.
      assertThat(twins.propagatingDeletes().push().totals().deleted()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatWasRolledBackIsAgreedOnNoMore(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.dev("UPDATE person SET phone = '444' WHERE id = 1");
      twins.push();
      twins.rollBack("prod");
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|1|Roma");
      twins.prod("UPDATE person SET city = 'Lodi' WHERE id = 2");
      // As before that run: dev changed one, prod the other.
      SyncReport again = twins.push();
      assertThat(again.totals().updated()).isEqualTo(1);
      assertThat(again.totals().keptTarget()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|444|Roma", "2|Bruno|2|Lodi");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExactCopySaysWhatItOverwrites(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.prod("UPDATE person SET phone = '333' WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 2");
      SyncReport report = twins.fullReplace().push();
      assertThat(report.totals().updated()).isEqualTo(2);
      assertThat(report.overwrittenRows()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).isEqualTo(twins.dev.rows(ALL));
      assertThat(twins.plainly().pull().status()).isEqualTo(Status.UNCHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatGetsAColumnIsStillAgreedOnInTheOthers(Engine engine) {
    try (Twins twins = agreed(engine)) {
      String wider = "ALTER TABLE person ADD COLUMN note varchar(20)";
      twins.dev(wider).prod(wider);
      twins.prod("UPDATE person SET phone = '333', note = 'p' WHERE id = 1");
      twins.dev("UPDATE person SET city = 'Como' WHERE id = 1");
      SyncReport report = twins.push();
      assertThat(report.totals().merged()).isEqualTo(1);
      // Of the new column nobody knows what it was: a value is more than none.
      assertThat(twins.prod.rows("SELECT phone, city, note FROM person WHERE id = 1"))
          .containsExactly("333|Como|p");
      twins.prod("UPDATE person SET note = 'p' WHERE id = 3");
      twins.dev("UPDATE person SET note = 'd' WHERE id = 3");
      twins.dev("UPDATE person SET note = 'new' WHERE id = 2");
      assertThat(twins.push().conflicts())
          .singleElement()
          .satisfies(c -> assertThat(c.key()).isEqualTo("3"));
      assertThat(twins.onConflict(OnConflict.TARGET).push().totals().updated()).isEqualTo(1);
      twins.plainly();
      twins.prod("UPDATE person SET note = 'q' WHERE id = 2");
      assertThat(twins.push().totals().keptTarget()).isPositive();
      assertThat(twins.prod.rows("SELECT note FROM person WHERE id = 2")).containsExactly("q");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsEqualFromTheBeginningIsAgreedOn(Engine engine) {
    try (Twins twins = twins(engine)) {
      twins.prod(
          "INSERT INTO person (id, name, phone, city) VALUES (1, 'Anna', '1', 'Roma'), (2, 'Bruno',"
              + " '2', 'Pisa'), (3, 'Carla', NULL, 'Bari')");
      assertThat(twins.push().status()).isEqualTo(Status.UNCHANGED);
      twins.prod("UPDATE person SET phone = '333' WHERE id = 1");
      SyncReport report = twins.push();
      assertThat(report.status()).isEqualTo(Status.UNCHANGED);
      assertThat(report.totals().keptTarget()).isEqualTo(1);
      assertThat(twins.prod.rows(ALL)).contains("1|Anna|333|Roma");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyMayBeSpelledInAnotherWay(Engine engine) {
    String type = engine == Engine.MARIADB ? "varchar(20)" : "numeric";
    String key = engine == Engine.MARIADB ? "'abc'" : "1.0";
    String other = engine == Engine.MARIADB ? "'ABC'" : "1.00";
    try (Twins twins =
        Twins.of(
                engine,
                folder,
                "tables: [code]",
                "CREATE TABLE code (code %s PRIMARY KEY, v varchar(20), w varchar(20))"
                        .formatted(type)
                    + (engine == Engine.MARIADB ? " COLLATE utf8mb4_general_ci" : ""))
            .dev("INSERT INTO code VALUES (" + key + ", 'v', 'w')")
            .pushed()) {
      twins.prod("UPDATE code SET code = " + other);
      twins.dev("UPDATE code SET v = 'd'");
      assertThat(twins.push().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.prod.rows("SELECT code, v FROM code"))
          .containsExactly(other.replace("'", "") + "|d");
    }
  }
}
