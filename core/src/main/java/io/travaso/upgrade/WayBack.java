package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Runbook;
import io.travaso.config.RunbookAction;
import io.travaso.config.RunbookCheck;
import io.travaso.config.ServiceSettings.ServiceCommand;
import io.travaso.container.Container;
import io.travaso.service.BackupPurpose;
import io.travaso.service.RestoreMode;
import io.travaso.service.ServiceManifest;
import io.travaso.upgrade.UpgradeState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The steps that bring back the old image and the old data. Each can be done again. */
final class WayBack {
  private final Workplace workplace;
  private final Programs programs;
  private final Journal journal;
  private final Progress progress;

  /** Whether the new version worked before: then its data are worth a backup. */
  private final boolean hasWorked;

  WayBack(
      Workplace workplace,
      Programs programs,
      Journal journal,
      boolean hasWorked,
      Progress progress) {
    this.workplace = workplace;
    this.programs = programs;
    this.journal = journal;
    this.hasWorked = hasWorked;
    this.progress = progress;
  }

  /** What must be there for it; a {@code FAILED} error says what is not. */
  void requireBackup() {
    if (journal.state().hasTouchedData()) {
      workplace.backups().find(backup()).contents();
    }
  }

  void run(Steps steps) {
    steps.step(RollbackStep.STOP, this::stop);
    steps.step(RollbackStep.TAG, new TagFiles(workplace, journal)::restore);
    steps.step(RollbackStep.IMAGE, this::images);
    steps.step(RollbackStep.RESTORE, this::restore);
    steps.step(RollbackStep.START, this::start);
    steps.step(RollbackStep.SMOKE, this::check);
    journal.finish(Status.ROLLED_BACK);
  }

  private boolean hasChangedFiles() {
    return journal.state().begun(UpgradeStep.TAG) || journal.state().hasTouchedData();
  }

  private String stop() {
    if (!journal.state().hasTouchedData()) {
      return "";
    }
    if (hasWorked) {
      keepPresent();
    }
    List<String> services = Forward.all(workplace, journal.state());
    // A migration whose starter was killed goes on in its container, and would go on in old data.
    for (String run : workplace.project().removeSingleRuns(services.get(0))) {
      progress.tells(run + ", which was still migrating, is removed");
    }
    workplace.project().stop(services);
    return String.join(", ", services);
  }

  /** What was written since, for whoever wants to look at it; it is not in anybody's way. */
  private void keepPresent() {
    try {
      String present =
          workplace
              .backups()
              .take(journal.state().service(), BackupPurpose.PRE_RESTORE, null, true, progress)
              .name();
      progress.tells("what was written since is in " + present);
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      progress.tells("what was written since could not be backed up: " + e.what());
    }
  }

  private String images() {
    return hasChangedFiles()
        ? String.join(", ", new Images(workplace).bringBack(journal.state().images()))
        : "";
  }

  private String restore() {
    if (!journal.state().hasTouchedData()) {
      return "";
    }
    List<String> parts = parts();
    if (!parts.isEmpty()) {
      workplace.backups().restore(backup(), parts, new RestoreMode(false, false), progress);
    }
    List<String> told = new ArrayList<>(parts);
    told.addAll(new DataFolders(workplace).restore(journal.state().folders(), progress));
    return String.join(", ", told) + " of " + backup();
  }

  /** A server whose data folder comes back has its databases in it: no dump is loaded there. */
  private List<String> parts() {
    ServiceManifest manifest = workplace.backups().find(backup()).contents();
    Set<String> inFolders = new DataFolders(workplace).databases();
    List<String> parts = new ArrayList<>();
    manifest.databases().stream()
        .map(ServiceManifest.Database::name)
        .filter(it -> !inFolders.contains(it))
        .forEach(parts::add);
    manifest.volumes().forEach(it -> parts.add(it.name()));
    return parts;
  }

  private String backup() {
    String backup = journal.state().backup();
    if (backup == null) {
      throw SyncException.failed(
          "the upgrade has no backup, and can't be taken back", "see sync backups");
    }
    return backup;
  }

  private String start() {
    String service = journal.state().service();
    if (hasChangedFiles()) {
      workplace.project().up(Forward.upped(workplace));
    }
    if (journal.state().hasTouchedData()) {
      goOn();
    }
    workplace.backups().resume(service, progress);
    programs.run(workplace.runbook().rollback().commands(), progress);
    return String.join(", ", Forward.all(workplace, journal.state()));
  }

  /**
   * What was noted to hold still may have gone on since, but the data that came back are of that
   * time: they have to be told to go on in any case.
   */
  private void goOn() {
    UpgradeState state = journal.state();
    boolean areDue =
        workplace.backups().quiesced().stream()
            .anyMatch(it -> it.service().equals(state.service()) && it.commands());
    List<String> start =
        state.stopped().stream()
            .filter(it -> workplace.project().find(it).filter(Container::isRunning).isEmpty())
            .toList();
    workplace.project().start(start);
    workplace.project().unpause(state.stopped());
    List<RunbookAction> commands = new ArrayList<>();
    for (ServiceCommand it : workplace.service().quiesce().after()) {
      commands.add(new RunbookAction.Run(Runbook.Program.of(it)));
    }
    programs.run(areDue ? List.of() : commands, progress);
  }

  private String check() {
    List<RunbookCheck> own = workplace.runbook().rollback().smoke();
    List<RunbookCheck> checks = own == null ? workplace.runbook().smoke() : own;
    programs.checks().require(checks);
    return checks.size() + " right";
  }
}
