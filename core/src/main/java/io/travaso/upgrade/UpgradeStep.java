package io.travaso.upgrade;

/** The steps of an upgrade, in their order. */
public enum UpgradeStep {
  /** All that must be right is looked at; nothing is changed. */
  PREFLIGHT(1, "check"),
  /** The new images are fetched, while the service still runs. */
  PULL(2, "pull"),
  /** The service is made to hold still. */
  QUIESCE(3, "hold still"),
  /** Its databases and volumes are backed up, and the backup is proven. */
  BACKUP(4, "back up"),
  /** The new tag goes into the compose file. */
  TAG(5, "change the tag"),
  /** What changes the data for the new version; run exactly once. */
  MIGRATE(6, "migrate"),
  /** The new containers are started, and the service goes on. */
  START(7, "start"),
  /** Whether it works is asked from outside. */
  SMOKE(8, "smoke checks"),
  /** Caches, a backup of the new version, retention. */
  AFTER(9, "afterwards");

  private final int number;
  private final String title;

  UpgradeStep(int number, String title) {
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
