package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the steps of an upgrade or of its way back, and decides what becomes of a failure. */
final class Attempt {
  private final Workplace workplace;
  private final Journal journal;
  private final Progress progress;
  private final Steps.Hook hook;
  private final Programs programs;

  Attempt(Workplace workplace, Journal journal, Progress progress, Steps.Hook hook) {
    this.workplace = workplace;
    this.journal = journal;
    this.progress = progress;
    this.hook = hook;
    this.programs = new Programs(workplace);
  }

  /**
   * Upgrades.
   *
   * @param back the workplace for the way back, taken where a failure shall be followed by it; null
   *     where it shall not
   */
  void run(@Nullable Supplier<Workplace> back) {
    redoWhatNoLongerHolds();
    try {
      new Forward(workplace, programs, journal, progress).run(steps());
      journal.forgetError();
    } catch (SyncException e) {
      UpgradeState state = journal.state();
      boolean hasTouchedData = state.hasTouchedData();
      if (!hasTouchedData) {
        letGoOn();
      } else if (state.begun(UpgradeStep.START) && !state.begun(UpgradeStep.AFTER)) {
        close();
      }
      SyncException told = told(e);
      boolean isWorthIt = hasTouchedData && !state.begun(UpgradeStep.AFTER);
      if (back == null || !isWorthIt || e.kind() == Kind.INTERRUPTED) {
        throw told;
      }
      progress.tells(told.what());
      told.details().forEach(line -> progress.tells("  " + line));
      new Attempt(back.get(), journal, progress, hook).rollback(false);
    }
  }

  private Steps steps() {
    return new Steps(journal, () -> new Secrets(workplace).scrubber(), progress, hook);
  }

  /** A backup counts as long as the service held still ever since. */
  private void redoWhatNoLongerHolds() {
    UpgradeState state = journal.state();
    boolean isHeld =
        workplace.backups().quiesced().stream()
            .anyMatch(it -> it.service().equals(state.service()));
    if (state.done(UpgradeStep.QUIESCE) && !state.hasTouchedData() && !isHeld) {
      progress.tells(state.service() + " went on meanwhile: it holds still and is backed up again");
      journal.forget(List.of(UpgradeStep.QUIESCE, UpgradeStep.BACKUP));
    }
  }

  /** Nothing of the new version ran: the old one goes on as before. */
  private void letGoOn() {
    try {
      new TagFiles(workplace, journal).restore();
      new DataFolders(workplace).start();
      workplace.backups().resume(journal.state().service(), progress);
    } catch (SyncException e) {
      progress.tells(e.what() + (e.hint().isEmpty() ? "" : " → " + e.hint()));
    }
  }

  /** Nobody is to write what a way back would lose. */
  private void close() {
    try {
      List<String> services = Forward.all(workplace, journal.state());
      workplace.project().stop(services);
      journal.forget(List.of(UpgradeStep.START));
      progress.tells(
          String.join(", ", services)
              + " stopped, so that nobody writes what a way back would lose");
    } catch (SyncException e) {
      progress.tells(e.what() + (e.hint().isEmpty() ? "" : " → " + e.hint()));
    }
  }

  private SyncException told(SyncException e) {
    UpgradeState state = journal.state();
    String again = "sync upgrade " + state.service() + " --to " + state.to();
    String back =
        "sync upgrade %s --rollback brings back %s and its data"
            .formatted(state.service(), state.from());
    String hint;
    if (!state.hasTouchedData()) {
      hint = state.service() + " goes on with " + state.from() + " as before; then again: " + again;
    } else if (!state.done(UpgradeStep.MIGRATE)) {
      hint = state.service() + " holds still. " + back;
    } else if (state.begun(UpgradeStep.AFTER)) {
      hint = state.service() + " runs with " + state.to() + "; to do the rest: " + again;
    } else {
      hint = back + "; or, when the cause is gone: " + again;
    }
    List<String> details = new ArrayList<>(e.details());
    if (!e.hint().isEmpty()) {
      details.add(e.hint());
    }
    return new SyncException(
        e.kind() == Kind.INTERRUPTED ? e.kind() : Kind.FAILED,
        "the upgrade of %s from %s to %s: %s"
            .formatted(
                state.service(),
                state.from(),
                state.to(),
                state.error() == null ? e.what() : state.error()),
        hint,
        details);
  }

  /**
   * Takes the upgrade back.
   *
   * @param hasWorked whether the new version worked: then its data are backed up before
   */
  void rollback(boolean hasWorked) {
    WayBack back = new WayBack(workplace, programs, journal, hasWorked, progress);
    back.requireBackup();
    try {
      back.run(steps());
    } catch (SyncException e) {
      UpgradeState state = journal.state();
      List<String> details = new ArrayList<>(e.details());
      if (!e.hint().isEmpty()) {
        details.add(e.hint());
      }
      throw new SyncException(
          e.kind() == Kind.INTERRUPTED ? e.kind() : Kind.FAILED,
          "the way back of %s from %s to %s: %s"
              .formatted(state.service(), state.to(), state.from(), e.what()),
          "when the cause is gone, go on: sync upgrade " + state.service() + " --rollback",
          details);
    }
  }
}
