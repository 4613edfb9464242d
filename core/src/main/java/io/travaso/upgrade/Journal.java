package io.travaso.upgrade;

import io.travaso.upgrade.UpgradeState.EditedFile;
import io.travaso.upgrade.UpgradeState.Folder;
import io.travaso.upgrade.UpgradeState.Image;
import io.travaso.upgrade.UpgradeState.Mark;
import io.travaso.upgrade.UpgradeState.Status;
import io.travaso.upgrade.UpgradeState.Step;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down how far an upgrade is, before and after everything it does. */
final class Journal {
  private final StateStore store;
  private final Clock clock;
  private final UpgradeState begun;
  private List<Image> images;
  private Status status;
  private final List<Step> steps;
  private final List<Step> rollback;
  private @Nullable String backup;
  private List<Folder> folders;
  private List<String> stopped;
  private List<EditedFile> edited;
  private @Nullable String finishedAt;
  private @Nullable String openedAt;
  private @Nullable String error;
  private List<String> errorTail;

  /** Goes on with what is known of an upgrade. */
  Journal(StateStore store, Clock clock, UpgradeState state) {
    this.store = store;
    this.clock = clock;
    this.begun = state;
    this.images = state.images();
    this.status = state.status();
    this.steps = new ArrayList<>(state.steps());
    this.rollback = new ArrayList<>(state.rollback());
    this.backup = state.backup();
    this.folders = state.folders();
    this.stopped = state.stopped();
    this.edited = state.edited();
    this.finishedAt = state.finishedAt();
    this.openedAt = state.openedAt();
    this.error = state.error();
    this.errorTail = state.errorTail();
  }

  /** How far it is now. */
  UpgradeState state() {
    return new UpgradeState(
        begun.version(),
        begun.id(),
        begun.service(),
        begun.environment(),
        begun.toolVersion(),
        begun.compose(),
        begun.profile(),
        begun.from(),
        begun.to(),
        images,
        status,
        steps,
        rollback,
        backup,
        folders,
        stopped,
        edited,
        begun.runbook(),
        begun.startedAt(),
        finishedAt,
        openedAt,
        error,
        errorTail);
  }

  String now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  void begin(UpgradeStep step) {
    status = Status.BEGUN;
    mark(steps, step.name(), Mark.BEGUN);
  }

  void end(UpgradeStep step, Mark mark) {
    mark(steps, step.name(), mark);
  }

  void begin(RollbackStep step) {
    status = Status.ROLLING_BACK;
    mark(rollback, step.name(), Mark.BEGUN);
  }

  void end(RollbackStep step, Mark mark) {
    mark(rollback, step.name(), mark);
  }

  /** These will be done again. */
  void forget(List<UpgradeStep> again) {
    steps.removeIf(it -> again.stream().anyMatch(step -> step.name().equals(it.name())));
    save();
  }

  /** A step failed; which one says its own mark. */
  void failed(String what, List<String> tail) {
    if (status == Status.BEGUN) {
      status = Status.FAILED;
    }
    error = what;
    errorTail = tail;
    save();
  }

  /** What failed was set right, or was meant to be taken back. */
  void forgetError() {
    error = null;
    errorTail = List.of();
    save();
  }

  void finish(Status how) {
    status = how;
    finishedAt = now();
    save();
  }

  void images(List<Image> pulled) {
    images = pulled;
    save();
  }

  void backup(String name) {
    backup = name;
    save();
  }

  void folders(List<Folder> archived) {
    folders = archived;
    save();
  }

  /** Those that are known already stay: what holds still is not seen to run any more. */
  void stopped(List<String> services) {
    List<String> all = new ArrayList<>(stopped);
    services.stream().filter(it -> !all.contains(it)).forEach(all::add);
    stopped = all;
    save();
  }

  void edited(List<EditedFile> files) {
    edited = files;
    save();
  }

  /** From now on users may write to the new version. */
  void opened() {
    if (openedAt == null) {
      openedAt = now();
    }
    save();
  }

  private void mark(List<Step> list, String name, Mark mark) {
    Step earlier = list.stream().filter(it -> it.name().equals(name)).findFirst().orElse(null);
    list.removeIf(it -> it.name().equals(name));
    String started = mark == Mark.BEGUN || earlier == null ? now() : earlier.startedAt();
    list.add(new Step(name, mark, started, mark == Mark.BEGUN ? null : now()));
    save();
  }

  private void save() {
    store.write(state());
  }
}
