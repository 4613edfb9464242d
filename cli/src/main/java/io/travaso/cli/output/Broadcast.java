package io.travaso.cli.output;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells several observers the same, and knows how far a run has come. Once it is stopped nothing is
 * told any more, and a run that goes on is thrown out: after Ctrl-C no further step begins.
 */
public final class Broadcast implements Observer {
  private final List<Observer> observers = new ArrayList<>();
  private @Nullable Step step;
  private boolean stepIsOver;
  private boolean stopped;
  private String target = "";

  /** How far a run has come. */
  public enum Reached {
    /** It has no steps, or none has begun. */
    NO_STEP,
    BEFORE_MERGE,
    IN_MERGE,
    AFTER_MERGE
  }

  public Broadcast(Observer first) {
    observers.add(first);
  }

  /** Lets another observer hear what comes from now on. */
  public synchronized void add(Observer observer) {
    observers.add(0, observer);
  }

  /** Lets no further step begin, from this moment on. */
  public synchronized Reached stop() {
    stopped = true;
    if (step == null) {
      return Reached.NO_STEP;
    }
    if (step.compareTo(Step.MERGE) < 0) {
      return Reached.BEFORE_MERGE;
    }
    return step == Step.MERGE && !stepIsOver ? Reached.IN_MERGE : Reached.AFTER_MERGE;
  }

  private synchronized void tell(Consumer<Observer> news) {
    if (stopped) {
      throw new SyncException(SyncException.Kind.INTERRUPTED, "Interrupted", "", List.of());
    }
    observers.forEach(news);
  }

  @Override
  public synchronized void begins(Step next) {
    tell(observer -> observer.begins(next));
    step = next;
    stepIsOver = false;
  }

  @Override
  public synchronized void done(Step finished, Note note) {
    // The work is done, whether anybody may still hear of it or not.
    stepIsOver = true;
    tell(observer -> observer.done(finished, note));
  }

  @Override
  public void skipped(Step skipped, Note reason) {
    tell(observer -> observer.skipped(skipped, reason));
  }

  @Override
  public void found(Finding finding) {
    tell(observer -> observer.found(finding));
  }

  /** The environment that is written to; empty where that is not known yet. */
  public synchronized String target() {
    return target;
  }

  @Override
  public synchronized void planned(SyncReport report) {
    target = report.target();
    tell(observer -> observer.planned(report));
  }

  @Override
  public void tells(Note note) {
    tell(observer -> observer.tells(note));
  }

  @Override
  public void tells(String line) {
    tell(observer -> observer.tells(line));
  }

  @Override
  public void at(String work, long done, long total) {
    tell(observer -> observer.at(work, done, total));
  }
}
