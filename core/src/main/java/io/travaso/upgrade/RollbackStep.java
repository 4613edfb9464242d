package io.travaso.upgrade;

/** The steps of the way back, in their order. */
public enum RollbackStep {
  /** The new containers, and whatever else holds still during the upgrade, are stopped. */
  STOP("stop"),
  /** The compose file is as before. */
  TAG("change the tag back"),
  /** The old image has its old name again. */
  IMAGE("find the old image"),
  /** Databases and volumes are those of the backup. */
  RESTORE("restore"),
  /** The old containers are started, and the service goes on. */
  START("start"),
  /** Whether it works is asked from outside. */
  SMOKE("smoke checks");

  private final String title;

  RollbackStep(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** From 1. */
  public int number() {
    return ordinal() + 1;
  }
}
