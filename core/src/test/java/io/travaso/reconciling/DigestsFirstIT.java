package io.travaso.reconciling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import io.travaso.testing.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only rows that both sides have not alike are moved, and it comes to the same. */
class DigestsFirstIT {
  private static final String ALL = "SELECT id, name, city FROM person ORDER BY id";
  private static final int ROWS = 300;

  @TempDir Path folder;

  private Twins agreed(Engine engine) {
    return Twins.agreedOnPeople(engine, folder, ROWS);
  }

  private static Twins changed(Twins twins) {
    return twins
        .dev(
            "UPDATE person SET name = 'dev' WHERE id IN (3, 150)",
            "UPDATE person SET name = 'both' WHERE id = 7",
            "DELETE FROM person WHERE id IN (20, 21)",
            "INSERT INTO person VALUES (1000, 'new in dev', NULL)")
        .prod(
            "UPDATE person SET city = 'prod' WHERE id IN (3, 200)",
            "UPDATE person SET name = 'both' WHERE id = 7",
            "DELETE FROM person WHERE id IN (21, 30)",
            "INSERT INTO person VALUES (2000, 'new in prod', NULL)");
  }

  private static long moved(SyncReport report) {
    return Objects.requireNonNull(report.fixture()).records();
  }

  @ParameterizedTest
  @EnumSource
  void theFirstTimeAllIsMovedAndThenWhatDiffers(Engine engine) {
    try (Twins twins = agreed(engine)) {
      twins.dev("UPDATE person SET name = 'x' WHERE id = 5");
      SyncReport report = twins.push();
      assertThat(report.totals().updated()).isEqualTo(1);
      assertThat(report.totals().unchanged()).isEqualTo(ROWS - 1);
      assertThat(moved(report)).isEqualTo(1);
      assertThat(moved(twins.push())).isZero();
      assertThat(moved(twins.fullFixture().push())).isEqualTo(ROWS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromTimeToTimeAllIsMoved(Engine engine) {
    try (Twins twins =
        Twins.of(
            engine,
            folder,
            "exports: {directory: exports, thorough-every: 3}\ntables: [person]",
            "CREATE TABLE person (id int PRIMARY KEY, name varchar(40), city varchar(40))")) {
      twins.dev("INSERT INTO person VALUES (1, 'a', 'b'), (2, 'c', 'd')");
      assertThat(moved(twins.push())).as("the first").isEqualTo(2);
      twins.dev("UPDATE person SET name = 'x' WHERE id = 1");
      assertThat(moved(twins.push())).as("the second").isEqualTo(1);
      twins.dev("UPDATE person SET name = 'y' WHERE id = 1");
      assertThat(moved(twins.push())).as("the third").isEqualTo(2);
      twins.dev("UPDATE person SET name = 'z' WHERE id = 1");
      assertThat(moved(twins.push())).as("the fourth").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itComesToTheSameAsMovingAll(Engine engine) {
    try (Twins twins = changed(agreed(engine))) {
      SyncReport part = twins.dryPush();
      SyncReport whole = twins.fullFixture().dryPush();
      assertThat(part.totals()).isEqualTo(whole.totals());
      assertThat(part.totals().merged()).isEqualTo(1);
      assertThat(part.totals().goneInSource()).isEqualTo(1);
      assertThat(moved(part)).isLessThan(10);
      SyncReport done = twins.plainly().propagatingDeletes().push();
      assertThat(done.status()).isEqualTo(Status.APPLIED);
      assertThat(done.totals().deleted()).isEqualTo(1);
      assertThat(moved(done)).isLessThan(10);
      assertThat(twins.prod.rows(ALL))
          .contains("3|dev|prod", "150|dev|Roma", "200|P200|prod", "7|both|Roma")
          .contains("1000|new in dev|\\N", "2000|new in prod|\\N")
          .hasSize(ROWS - 3 + 2);
      assertThat(twins.pull().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.dev.rows(ALL)).isEqualTo(twins.prod.rows(ALL));
      // Both ways of looking agree that nothing is left, and both ledgers go on from here.
      assertThat(twins.plainly().push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.fullFixture().push().status()).isEqualTo(Status.UNCHANGED);
      assertThat(twins.plainly().pull().status()).isEqualTo(Status.UNCHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFullReplaceDeletesOnlyWhatIsTheTargetsAlone(Engine engine) {
    try (Twins twins = changed(agreed(engine))) {
      SyncReport report = twins.fullReplace().push();
      assertThat(report.totals().deleted()).isEqualTo(2);
      assertThat(report.totals().created()).isEqualTo(2);
      assertThat(report.totals().onlyInTarget()).isZero();
      assertThat(moved(report)).isLessThan(10);
      assertThat(twins.prod.rows(ALL)).isEqualTo(twins.dev.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAppearsMeanwhileStopsAFullReplace(Engine engine) {
    try (Twins twins = changed(agreed(engine))) {
      twins
          .fullReplace()
          .beforePlan(() -> twins.prod("INSERT INTO person VALUES (3000, 'meanwhile', NULL)"));
      assertThatThrownBy(twins::push)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("person changed in the target while it was compared");
      assertThat(twins.prod.rows(ALL)).contains("3000|meanwhile|\\N", "200|P200|prod");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangesMeanwhileStopsAFullReplace(Engine engine) {
    try (Twins twins = changed(agreed(engine))) {
      twins
          .fullReplace()
          .beforeMerge(() -> twins.prod("UPDATE person SET name = 'meanwhile' WHERE id = 100"));
      assertThatThrownBy(twins::push)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("The target changed since the plan was made");
      assertThat(twins.prod.rows(ALL)).contains("100|meanwhile|Roma", "200|P200|prod");
      twins.beforeMerge(() -> {});
      assertThat(twins.push().status()).isEqualTo(Status.APPLIED);
      assertThat(twins.prod.rows(ALL)).isEqualTo(twins.dev.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangesMeanwhileStopsAFullReplaceByAnImport(Engine engine) {
    try (Twins twins = changed(agreed(engine));
        Site dev = twins.site("dev")) {
      Path fixture =
          Path.of(
              dev.export(new Requests.Export(List.of(), null, ".json.zst", 0), Progress.SILENT)
                  .file());
      for (String meanwhile :
          List.of(
              "INSERT INTO person VALUES (3000, 'meanwhile', NULL)",
              "DELETE FROM person WHERE id = 101",
              "UPDATE person SET name = 'meanwhile' WHERE id = 100")) {
        twins.fullReplace().beforeMerge(() -> twins.prod(meanwhile));
        assertThatThrownBy(() -> twins.importToProd(fixture))
            .as(meanwhile)
            .isInstanceOf(SyncException.class)
            .hasMessageContaining("The target changed since the plan was made");
      }
      assertThat(twins.prod.rows(ALL)).contains("100|meanwhile|Roma", "200|P200|prod");
      twins.beforeMerge(() -> {});
      assertThat(twins.importToProd(fixture).status()).isEqualTo(Status.APPLIED);
      assertThat(twins.prod.rows(ALL)).isEqualTo(twins.dev.rows(ALL));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDeletedMeanwhileIsToldNotBroughtBack(Engine engine) {
    try (Twins twins = changed(agreed(engine))) {
      twins.beforePlan(
          () -> twins.prod("DELETE FROM person WHERE id BETWEEN 40 AND 50 OR id = 2000"));
      assertThatThrownBy(twins::push)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("person changed in the target while it was compared");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPartIsNotImported(Engine engine) {
    try (Twins twins = changed(agreed(engine))) {
      SyncReport report = twins.push();
      Path part = Path.of(Objects.requireNonNull(report.fixture()).file());
      assertThatThrownBy(() -> twins.fullReplace().importToProd(part))
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("is a part: it lacks");
      assertThat(twins.prod.rows(ALL)).hasSizeGreaterThan(ROWS - 5);
    }
  }
}
