package io.travaso.table;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A table's (or sequence's) full name. Unquoted and exactly as the catalog has it. */
public record TableId(String schema, String name) implements Comparable<TableId> {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Comparator<TableId> ORDER =
      Comparator.comparing(TableId::schema).thenComparing(TableId::name);

  @Override
  public int compareTo(TableId other) {
    return ORDER.compare(this, other);
  }

  /**
   * For people and fixtures: {@code schema.table}, a part in double quotes where it is not a plain
   * name.
   */
  @Override
  public String toString() {
    return readable(schema) + "." + readable(name);
  }

  private static String readable(String part) {
    return PLAIN.matcher(part).matches() ? part : '"' + part.replace("\"", "\"\"") + '"';
  }
}
