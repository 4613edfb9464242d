package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Progress;
import io.travaso.config.SyncConfig;
import io.travaso.merge.MergePlan;
import io.travaso.merge.TablePlan;
import io.travaso.testing.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract, in this process. */
abstract class LocalSiteContract extends SiteContract {

  @Override
  String host(Path project) {
    return "protected: true";
  }

  @Override
  Site open(Offices offices) {
    SyncConfig config = offices.config();
    return new LocalSite(
        config,
        config.environment("prod"),
        offices.surroundings(),
        ToolMain.VERSION,
        Clock.systemUTC());
  }

  @Test
  void rowsThatAreAlikeAreUnchangedWhetherTheyAreStagedOrNot() {
    offices().addLabels(offices().dev(), 2500);
    site().merge(Offices.merge(labels().getKey(), "run-1", null), Progress.SILENT);
    TablePlan all = labels().getValue();
    assertThat(all.changes()).isZero();
    assertThat(all.unchanged()).isGreaterThanOrEqualTo(2500);

    offices()
        .prod()
        .execute(
            "UPDATE pratiche_etichetta SET colore = '#123' WHERE nome = 'e7'",
            "DELETE FROM pratiche_etichetta WHERE nome = 'e8'");
    TablePlan heldBack = labels().getValue();
    assertThat(heldBack.created()).isEqualTo(1);
    assertThat(heldBack.updated()).isEqualTo(1);
    assertThat(heldBack.unchanged()).isEqualTo(all.unchanged() - 2);

    // So many rows more in the target that its rows are not read to the end.
    String insert =
        "INSERT INTO pratiche_etichetta (nome, colore) SELECT CONCAT('p', i), '#fff' FROM ";
    String numbers =
        engine() == Engine.MARIADB
            ? "(SELECT seq AS i FROM seq_1_to_115000) AS s"
            : "generate_series(1, 115000) AS i";
    offices().prod().execute(insert + numbers);
    TablePlan staged = labels().getValue();
    assertThat(staged.onlyInTarget()).isEqualTo(heldBack.onlyInTarget() + 115_000);
    assertThat(staged.unchanged()).isEqualTo(heldBack.unchanged());
    assertThat(staged.digest()).isEqualTo(heldBack.digest());
  }

  private Map.Entry<MergePlan, TablePlan> labels() {
    MergePlan plan = Offices.plan(site(), offices().exportDev(), Progress.SILENT);
    TablePlan table =
        plan.tables().stream()
            .filter(t -> t.table().equals("public.pratiche_etichetta"))
            .findFirst()
            .orElseThrow();
    return Map.entry(plan, table);
  }
}
