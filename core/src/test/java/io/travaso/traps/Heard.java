package io.travaso.traps;

import io.travaso.Finding;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncReport;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the check found, and does something while rows are on their way. */
final class Heard implements Observer {
  private final List<Finding> findings = new ArrayList<>();
  private final Runnable meanwhile;

  /**
   * @param meanwhile what happens while rows are on their way
   */
  Heard(Runnable meanwhile) {
    this.meanwhile = meanwhile;
  }

  List<Finding> findings() {
    return findings;
  }

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void begins(Step step) {}

  @Override
  public void done(Step step, Note note) {}

  @Override
  public void skipped(Step step, Note reason) {}

  @Override
  public void planned(SyncReport report) {}

  @Override
  public void tells(Note note) {}

  @Override
  public void at(String work, long done, long total) {
    meanwhile.run();
  }
}
