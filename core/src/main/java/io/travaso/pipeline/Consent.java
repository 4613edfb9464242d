package io.travaso.pipeline;

/** Asks the user. */
public interface Consent {

  /**
   * Asks a question.
   *
   * @param answer what must be typed for a yes: an environment's name, or empty for a simple yes
   * @return whether the user agrees
   * @throws io.travaso.SyncException refused, where nobody can be asked
   */
  boolean isGiven(Note question, String answer);

  /** Whether the user agreed beforehand, so that no question is asked. */
  boolean isGivenBeforehand();
}
