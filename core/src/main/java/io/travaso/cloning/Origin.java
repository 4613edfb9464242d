package io.travaso.cloning;

/** Whose rows a table has after a clone. */
public enum Origin {
  /** The source's. */
  SOURCE,
  /** The target's own: the table is excluded. */
  TARGET,
  /** Nobody's: the configuration wants it empty. */
  NOBODY
}
