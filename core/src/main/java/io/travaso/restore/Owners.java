package io.travaso.restore;

/** Whose the things become that a dump holds. */
public enum Owners {
  /** As the dump says; its grants, too. For a backup of the same server. */
  AS_DUMPED,
  /** The database's usual account owns all; nothing is granted to anybody else. */
  USUAL
}
