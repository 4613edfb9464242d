package io.travaso.pipeline;

import io.travaso.Finding;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is told, and says nothing. */
class Quiet implements Observer {
  private final List<Note> notes = new ArrayList<>();

  List<Note> notes() {
    return notes;
  }

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
  public void tells(Note note) {
    notes.add(note);
  }

  @Override
  public void at(String work, long done, long total) {}
}
