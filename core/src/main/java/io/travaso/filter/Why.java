package io.travaso.filter;

/** Why all rows of a table are staged, so that the database alone compares them. */
public enum Why {
  /** The fixture has no manifest: nobody knows who spelled its values, and in which order. */
  NO_MANIFEST,
  /** Another engine spells the same values in other ways. */
  OTHER_ENGINE,
  /** What both sides agreed on is looked up for each row, also for those that are alike. */
  BASELINE,
  /** Rows are recognised by other columns than their primary key. */
  MEANING,
  /** References are carried as natural keys. */
  REFERENCES,
  /** Columns have rules: values are rewritten, or the target keeps its own. */
  RULES,
  /** Links stand in the rows as lists. */
  LINKS,
  /** Not all of it takes part: schemas drifted, columns are masked, or the fixture is a part. */
  NARROWED,
  /** Only the database knows the order of its keys. */
  KEY,
  /** So few rows that a second connection costs more than it saves. */
  FEW,
  /** Rows were found in another order than their keys', or could not be read. */
  DOUBT
}
