package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.upgrade.UpgradeState.Mark;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Does steps one after the other: written down before and after, and told with their time. */
final class Steps {
  private final Journal journal;
  private final Supplier<Scrubber> scrubbers;
  private final Progress progress;
  private final Hook hook;

  /** Hears what was just written down. */
  interface Hook {
    /** Does nothing. */
    Hook NONE = place -> {};

    /**
     * Where the upgrade is.
     *
     * @param place {@code begin NAME} or {@code end NAME} of a step
     */
    void reached(String place);
  }

  /** What a step does. */
  interface Work {
    /** The answer is what came of it, for people; empty where there was nothing to do. */
    String run();
  }

  /**
   * Steps of an upgrade.
   *
   * @param scrubbers asked when something failed
   */
  Steps(Journal journal, Supplier<Scrubber> scrubbers, Progress progress, Hook hook) {
    this.journal = journal;
    this.scrubbers = scrubbers;
    this.progress = progress;
    this.hook = hook;
  }

  /** A step of the upgrade; one that is over is passed over. */
  void step(UpgradeStep step, Work work) {
    String title = "%d/%d %s".formatted(step.number(), UpgradeStep.values().length, step.title());
    if (journal.state().done(step)) {
      progress.tells(title + ": done before");
      return;
    }
    journal.begin(step);
    run(title, step.name(), work, mark -> journal.end(step, mark));
  }

  /** A step of the way back. All of them can be done again. */
  void step(RollbackStep step, Work work) {
    String title =
        "back %d/%d %s".formatted(step.number(), RollbackStep.values().length, step.title());
    boolean isOver =
        journal.state().rollback().stream()
            .anyMatch(it -> it.name().equals(step.name()) && it.isOver());
    if (isOver) {
      progress.tells(title + ": done before");
      return;
    }
    journal.begin(step);
    run(title, step.name(), work, mark -> journal.end(step, mark));
  }

  private interface End {
    void with(Mark mark);
  }

  private void run(String title, String name, Work work, End end) {
    hook.reached("begin " + name);
    progress.at(title, 0, 0);
    long start = System.nanoTime();
    String outcome;
    try {
      outcome = work.run();
    } catch (SyncException e) {
      throw failed(title, e, end);
    } catch (RuntimeException e) {
      // A mistake of ours: what it leaves has to be cleared up all the same.
      String what = "a mistake in Travaso: " + e.getClass().getSimpleName();
      throw failed(title, new SyncException(SyncException.Kind.FAILED, what, "", e), end);
    }
    end.with(outcome.isEmpty() ? Mark.SKIPPED : Mark.DONE);
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.tells(
        outcome.isEmpty()
            ? title + ": nothing to do"
            : String.format(Locale.ROOT, "%s: %s (%.1f s)", title, outcome, seconds));
    hook.reached("end " + name);
  }

  private SyncException failed(String title, SyncException e, End end) {
    if (e.kind() != SyncException.Kind.INTERRUPTED) {
      end.with(Mark.FAILED);
    }
    Scrubber scrubber = scrubbers.get();
    List<String> tail = scrubber.scrub(e.details());
    journal.failed(scrubber.scrub(title + " failed: " + e.what()), tail);
    progress.tells(title + ": failed");
    SyncException told = new SyncException(e.kind(), scrubber.scrub(e.what()), e.hint(), tail);
    return told;
  }
}
