package io.travaso.model;

import io.travaso.Finding;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncReport;

/** Says nothing: what counts is in the report. */
final class Mute implements Observer {

  @Override
  public void begins(Step step) {}

  @Override
  public void done(Step step, Note note) {}

  @Override
  public void skipped(Step step, Note reason) {}

  @Override
  public void found(Finding finding) {}

  @Override
  public void planned(SyncReport report) {}

  @Override
  public void tells(Note note) {}

  @Override
  public void at(String work, long done, long total) {}
}
