package io.travaso.table;

/** How a column's values stand in a fixture; everything that is not listed is its text. */
public enum ValueKind {
  /** A JSON number without fraction. */
  INTEGER,
  /** A JSON number; NaN and the infinities are strings. */
  FLOAT,
  /** true or false. */
  BOOLEAN,
  /** true for 1, false for 0; every other integer is a JSON number. */
  BOOLEAN_NUMBER,
  /** ISO 8601 with a T, and a Z where it has a time zone. */
  TIMESTAMP,
  /** Base64. */
  BYTES,
  /** The document itself, in canonical form. */
  JSON_DOCUMENT,
  /** The document itself, to the letter; in a wrapper, as text, where it would not stay so. */
  JSON_TEXT,
  /** A string with Django's JSON: a list of the elements' texts. */
  ARRAY,
  /** A string with Django's JSON: bounds, lower, upper; or empty. */
  RANGE,
  /** A string with Django's JSON: an object of texts. */
  HSTORE,
  /** The database's own text. */
  TEXT
}
