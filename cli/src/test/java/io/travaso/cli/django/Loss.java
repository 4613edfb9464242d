package io.travaso.cli.django;

/** What Django does not keep. Two databases are compared without it, and only where it is named. */
enum Loss {
  /** {@code dumpdata} cuts microseconds to milliseconds. */
  MICROSECONDS("timestamptz timestamp", "date_trunc('milliseconds', %s)"),

  /** The JSON value null is dumped as null, and that is read as SQL's NULL. */
  JSON_NULL("jsonb", "nullif(%s, 'null')"),

  /** Django does not know the wrapper that the JSON value null has in a fixture of ours. */
  JSON_NULL_WRAPPED(
      "jsonb",
      "(SELECT CASE WHEN v = '{\"$json\": null}' THEN 'null' ELSE v END FROM (SELECT %s AS v) w)"),

  /** Numbers in JSON documents go through Python's floats: 0.10 comes back as 0.1. */
  JSON_NUMBERS("jsonb", "regexp_replace(%s::text, '(\\.[0-9]+?)0+(?![0-9])', '\\1', 'g')::jsonb");

  private final String types;
  private final String without;

  Loss(String types, String without) {
    this.types = types;
    this.without = without;
  }

  /** The expression without what is lost. */
  String from(String type, String expression) {
    return (" " + types + " ").contains(" " + type + " ")
        ? without.formatted(expression)
        : expression;
  }
}
