package io.travaso.property;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column's type and values to try.
 *
 * @param sql as it stands after the column's name
 * @param key whether it can be a key: it has an order
 * @param since the first PostgreSQL that has it
 * @param values no two of them equal to the database; each in one spelling or more that are equal
 *     to it and yet other texts: {@code 1.0} and {@code 1.00}
 * @param more makes further values, none equal to another; null where there are no more
 * @param form a format that makes a literal of a value; null for a text in quotes
 */
record Type(
    String sql,
    boolean key,
    int since,
    List<List<String>> values,
    @Nullable IntFunction<String> more,
    @Nullable String form) {

  /** Between the spellings of a value, in {@link #of}. */
  private static final String OR = "¦";

  static Type of(String sql, String... values) {
    return new Type(sql, true, 12, spellings(values), null, null);
  }

  private static List<List<String>> spellings(String... values) {
    return Arrays.stream(values).map(v -> List.of(v.split(OR, -1))).toList();
  }

  Type more(IntFunction<String> maker) {
    return new Type(sql, key, since, values, maker, form);
  }

  Type noKey() {
    return new Type(sql, false, since, values, more, form);
  }

  Type since(int version) {
    return new Type(sql, key, version, values, more, form);
  }

  Type form(String format) {
    return new Type(sql, key, since, values, more, format);
  }

  /** Whether something else can stand in a value's place meanwhile. */
  boolean canStepAside() {
    return List.of("text", "uuid", "bytea", "varchar(100)", "varbinary(10)").contains(sql);
  }

  /** Whether the database can number it. */
  boolean canBeNumbered() {
    return List.of("integer", "int", "bigint", "smallint").contains(sql);
  }

  /** How many values there are. */
  int limit() {
    return more == null ? values.size() : Integer.MAX_VALUE;
  }

  /** The n-th value. */
  String value(int n, int spelling) {
    if (n < values.size()) {
      List<String> spellings = values.get(n);
      return spellings.get(spelling % spellings.size());
    }
    if (more == null) {
      throw new IllegalArgumentException(sql + " has no value " + n);
    }
    return more.apply(n - values.size());
  }

  /** Whether values that are equal may have other texts. */
  boolean hasSpellings() {
    return values.stream().anyMatch(v -> v.size() > 1);
  }
}
