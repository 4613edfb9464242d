package io.travaso.pipeline;

/** The steps of a run, in order. */
public enum Step {
  CHECK(1),
  EXPORT(2),
  TRANSFER(3),
  PLAN(4),
  CONFIRM(5),
  BACKUP(6),
  MERGE(7),
  VERIFY(8);

  private final int number;

  Step(int number) {
    this.number = number;
  }

  /** Its number on the screen and in the log. */
  public int number() {
    return number;
  }
}
