package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.Progress;

/** Hears what a run does; how it is shown is the observer's business. */
public interface Observer extends Progress {

  void begins(Step step);

  void done(Step step, Note note);

  void skipped(Step step, Note reason);

  /** Something a check found that does not stop the run. */
  void found(Finding finding);

  /** What would be changed; before the confirmation. */
  void planned(SyncReport report);

  /** Something else worth telling. */
  void tells(Note note);
}
