package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.service.BackupPurpose;
import io.travaso.service.Quiesced;
import io.travaso.service.ServiceBackup;
import io.travaso.upgrade.UpgradeState.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The steps of an upgrade that change something. */
final class Forward {
  private final Workplace workplace;
  private final Programs programs;
  private final Journal journal;
  private final Progress progress;

  Forward(Workplace workplace, Programs programs, Journal journal, Progress progress) {
    this.workplace = workplace;
    this.programs = programs;
    this.journal = journal;
    this.progress = progress;
  }

  /** All that are not over yet. */
  void run(Steps steps) {
    steps.step(UpgradeStep.PULL, this::pull);
    steps.step(UpgradeStep.QUIESCE, this::holdStill);
    steps.step(UpgradeStep.BACKUP, this::backUp);
    steps.step(UpgradeStep.TAG, new TagFiles(workplace, journal)::change);
    steps.step(UpgradeStep.MIGRATE, this::migrate);
    steps.step(UpgradeStep.START, this::start);
    steps.step(UpgradeStep.SMOKE, this::check);
    steps.step(UpgradeStep.AFTER, this::after);
    journal.finish(Status.DONE);
  }

  private String pull() {
    journal.images(new Images(workplace).pulled(journal.state().images(), progress));
    List<String> told = new ArrayList<>();
    journal.state().images().forEach(it -> told.add(it.to()));
    return String.join(", ", new LinkedHashSet<>(told))
        + (workplace.runbook().pull() ? "" : ", here already");
  }

  private String holdStill() {
    UpgradeState state = journal.state();
    Quiesced still =
        workplace
            .backups()
            .hold(state.service(), "upgrade from " + state.from() + " to " + state.to(), progress);
    List<String> all = new ArrayList<>(still.stopped());
    all.addAll(still.paused());
    journal.stopped(all);
    return all.isEmpty() ? "nothing was stopped" : String.join(", ", all);
  }

  private String backUp() {
    DataFolders folders = new DataFolders(workplace);
    folders.start();
    UpgradeState state = journal.state();
    ServiceBackup backup =
        workplace.backups().take(state.service(), BackupPurpose.PRE_UPGRADE, null, true, progress);
    journal.backup(backup.name());
    List<UpgradeState.Folder> archived = folders.archive(state.id(), progress);
    journal.folders(archived);
    List<String> told = new ArrayList<>(List.of(backup.name()));
    archived.forEach(it -> told.add(it.path() + " of " + it.service()));
    return String.join(", ", told);
  }

  private String migrate() {
    programs.run(workplace.runbook().migrate(), progress);
    int count = workplace.runbook().migrate().size();
    return count == 0 ? "" : count == 1 ? "one command" : count + " commands";
  }

  private String start() {
    journal.opened();
    workplace.project().up(upped(workplace));
    workplace.backups().resume(journal.state().service(), progress);
    return String.join(", ", all(workplace, journal.state()));
  }

  private String check() {
    programs.checks().require(workplace.runbook().smoke());
    return workplace.runbook().smoke().size() + " right";
  }

  private String after() {
    List<String> told = new ArrayList<>();
    programs.run(workplace.runbook().after().commands(), progress);
    if (!workplace.runbook().after().commands().isEmpty()) {
      told.add(workplace.runbook().after().commands().size() + " commands");
    }
    if (workplace.runbook().after().backup()) {
      String service = journal.state().service();
      told.add(
          workplace
              .backups()
              .take(service, BackupPurpose.POST_UPGRADE, null, false, progress)
              .name());
    }
    return String.join(", ", told);
  }

  /** The compose services that are brought up as the compose file says. */
  static List<String> upped(Workplace workplace) {
    Set<String> services = new LinkedHashSet<>();
    workplace.runbook().images().forEach(it -> services.add(it.service()));
    services.addAll(workplace.runbook().start());
    return List.copyOf(services);
  }

  /** These, and all that held still. */
  static List<String> all(Workplace workplace, UpgradeState state) {
    Set<String> services = new LinkedHashSet<>(upped(workplace));
    services.addAll(state.stopped());
    return List.copyOf(services);
  }
}
