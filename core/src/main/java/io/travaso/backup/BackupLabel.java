package io.travaso.backup;

/** Why a backup was taken; its file's name begins with it. */
public enum BackupLabel {
  PRE_SYNC("pre_sync"),
  PRE_ROLLBACK("pre_rollback"),
  /** Before a whole older state comes back. */
  PRE_RESTORE("pre_restore"),
  /** Somebody asked for it. */
  MANUAL("backup");

  private final String prefix;

  BackupLabel(String prefix) {
    this.prefix = prefix;
  }

  public String prefix() {
    return prefix;
  }

  static BackupLabel ofPrefix(String prefix) {
    for (BackupLabel label : values()) {
      if (label.prefix.equals(prefix)) {
        return label;
      }
    }
    throw new IllegalArgumentException("not a kind of backup: " + prefix);
  }
}
