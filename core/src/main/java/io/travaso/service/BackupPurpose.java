package io.travaso.service;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a service's backup was taken; so many of each stay. */
public enum BackupPurpose {
  /** Somebody asked for it, or a timer did. */
  @JsonProperty("manual")
  MANUAL,
  /** The present, before an older state came back. */
  @JsonProperty("pre-restore")
  PRE_RESTORE,
  /** Before an upgrade's first step that writes. */
  @JsonProperty("pre-upgrade")
  PRE_UPGRADE,
  /** After an upgrade that worked. */
  @JsonProperty("post-upgrade")
  POST_UPGRADE
}
