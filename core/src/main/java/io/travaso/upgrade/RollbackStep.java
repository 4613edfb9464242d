package io.travaso.upgrade;

/** The steps of the way back, in their order. */
public enum RollbackStep {
  /** The new containers, and whatever else holds still during the upgrade, are stopped. */
  STOP(1, "stop"),
  /** The compose file is as before. */
  TAG(2, "change the tag back"),
  /** The old image has its old name again. */
  IMAGE(3, "find the old image"),
  /** Databases and volumes are those of the backup. */
  RESTORE(4, "restore"),
  /** The old containers are started, and the service goes on. */
  START(5, "start"),
  /** Whether it works is asked from outside. */
  SMOKE(6, "smoke checks");

  private final int number;
  private final String title;

  RollbackStep(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** From 1. */
  public int number() {
    return number;
  }
}
