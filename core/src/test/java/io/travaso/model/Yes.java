package io.travaso.model;

import io.travaso.pipeline.Consent;
import io.travaso.pipeline.Note;

/** Agrees to everything. */
final class Yes implements Consent {

  @Override
  public boolean isGiven(Note question, String answer) {
    return true;
  }

  @Override
  public boolean isGivenBeforehand() {
    return true;
  }
}
