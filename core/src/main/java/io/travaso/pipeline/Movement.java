package io.travaso.pipeline;

/** Which rows are moved between two sites. */
public enum Movement {
  /** Those that digests tell apart: all others are equal but for a negligible chance. */
  DIFFERENT,
  /** All. */
  FULL_FIXTURE,
  /** All, and none is passed over on the other side either before the database compared it. */
  THOROUGH
}
