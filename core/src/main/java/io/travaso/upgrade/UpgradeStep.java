package io.travaso.upgrade;

/** The steps of an upgrade, in their order. */
public enum UpgradeStep {
  /** All that must be right is looked at; nothing is changed. */
  PREFLIGHT("check"),
  /** The new images are fetched, while the service still runs. */
  PULL("pull"),
  /** The service is made to hold still. */
  QUIESCE("hold still"),
  /** Its databases and volumes are backed up, and the backup is proven. */
  BACKUP("back up"),
  /** The new tag goes into the compose file. */
  TAG("change the tag"),
  /** What changes the data for the new version; run exactly once. */
  MIGRATE("migrate"),
  /** The new containers are started, and the service goes on. */
  START("start"),
  /** Whether it works is asked from outside. */
  SMOKE("smoke checks"),
  /** Caches, a backup of the new version, retention. */
  AFTER("afterwards");

  private final String title;

  UpgradeStep(String title) {
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
