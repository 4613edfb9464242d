package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.travaso.Progress;
import io.travaso.backup.BackupLabel;
import io.travaso.merge.MergePlan;
import io.travaso.site.RollbackPlan.ChangedSince;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract, in this process, with MariaDB, and what its ledger remembers of rows. */
class LocalSiteMariaDbIT extends LocalSiteContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Test
  void countsExactlyTheRowsThatARollbackWouldLose() {
    TestDatabase prod = offices().prod();
    merge("run-1", true);
    assertThat(since()).as("nothing was written since").isEmpty();

    // A row of the sync, a row that it left alone, a new one; and one that goes back by itself.
    prod.execute(
        "UPDATE vocititolario SET titolo = 'later' WHERE id = 1",
        "UPDATE vocititolario SET titolo = CONCAT(titolo, '!') WHERE id = 2",
        "UPDATE vocititolario SET titolo = LEFT(titolo, CHAR_LENGTH(titolo) - 1) WHERE id = 2");
    assertThat(since())
        .extracting(ChangedSince::table, ChangedSince::written, ChangedSince::deleted)
        .containsExactly(tuple("public.vocititolario", 1L, 0L));

    prod.execute("UPDATE anagrafiche_cliente SET tariffa_oraria = tariffa_oraria + 1");
    long rows = Long.parseLong(prod.rows("SELECT COUNT(*) FROM anagrafiche_cliente").get(0));
    assertThat(since())
        .anySatisfy(
            one -> {
              assertThat(one.table()).isEqualTo("public.anagrafiche_cliente");
              assertThat(one.written()).isEqualTo(rows);
            });
  }

  @Test
  void remembersRowsAsLongAsThereIsAWayBack() {
    merge("run-1", false);
    assertThat(remembered()).isEmpty();

    for (String run : List.of("run-2", "run-3", "run-4")) {
      merge(run, true);
      assertThat(site().retain(new Requests.Retain(null))).isEmpty();
    }
    assertThat(remembered()).containsExactly("run-2", "run-3", "run-4");

    merge("run-5", true);
    assertThat(site().retain(new Requests.Retain(null))).hasSize(1);
    assertThat(remembered()).containsExactly("run-3", "run-4", "run-5");
  }

  private List<String> remembered() {
    return offices().prod().rows("SELECT DISTINCT run FROM travaso_written ORDER BY run");
  }

  private void merge(String run, boolean withBackup) {
    offices().prod().execute("UPDATE vocititolario SET titolo = CONCAT(titolo, '.') WHERE id = 1");
    MergePlan plan = Offices.plan(site(), offices().exportDev(), Progress.SILENT);
    String backup =
        withBackup
            ? site()
                .backup(new Requests.TakeBackup(BackupLabel.PRE_SYNC, run), Progress.SILENT)
                .name()
            : null;
    site().merge(Offices.merge(plan, run, backup), Progress.SILENT);
  }

  private List<ChangedSince> since() {
    return site().planRollback(new Requests.PlanRollback(null, false), Progress.SILENT).since();
  }
}
