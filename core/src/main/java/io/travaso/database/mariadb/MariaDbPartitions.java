package io.travaso.database.mariadb;

import io.travaso.table.Check;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a table, and what a row must be for one of them to take it. Of a hash or by
 * keys every row has its own. Bounds over several columns are left to the database.
 */
final class MariaDbPartitions {
  private static final String NULL = "NULL";

  private final @Nullable String method;
  private final String by;
  private final @Nullable String subpartitionedBy;
  private final Set<String> bounds = new LinkedHashSet<>();

  /**
   * Of a table without partitions yet.
   *
   * @param by the expression, or the columns
   */
  MariaDbPartitions(
      @Nullable String method, @Nullable String by, @Nullable String subpartitionedBy) {
    this.method = method;
    this.by = by == null ? "" : by;
    this.subpartitionedBy = subpartitionedBy;
  }

  /** Adds a partition, or one more part of one, as information_schema describes it. */
  void add(@Nullable String bound) {
    bounds.add(bound == null ? "" : bound);
  }

  /** All that decides on a row's partition. */
  String expression() {
    return subpartitionedBy == null ? by : by + ", " + subpartitionedBy;
  }

  /** That one of the partitions takes the row, as far as it can be told. */
  Optional<Check> check(Set<String> columns) {
    Optional<String> taken =
        switch (method == null ? "" : method) {
          case "RANGE" -> below();
          case "RANGE COLUMNS" -> isOneColumn() ? below() : Optional.empty();
          case "LIST" -> listed();
          case "LIST COLUMNS" -> isOneColumn() ? listed() : Optional.empty();
          default -> Optional.empty();
        };
    return taken.map(expression -> new Check("", expression, columns));
  }

  private boolean isOneColumn() {
    return by.replace("``", "").chars().filter(c -> c == '`').count() == 2;
  }

  /** NULL is in the lowest. */
  private Optional<String> below() {
    List<String> all = new ArrayList<>(bounds);
    String last = all.get(all.size() - 1);
    return last.equals("MAXVALUE")
        ? Optional.empty()
        : Optional.of("COALESCE(%s < %s, TRUE)".formatted(by, last));
  }

  private Optional<String> listed() {
    // A default partition is described as one for 0.
    if (bounds.contains("0") || bounds.contains("") || bounds.contains("DEFAULT")) {
      return Optional.empty();
    }
    return Optional.of(bounds.stream().map(this::listed).collect(Collectors.joining(" OR ")));
  }

  /** NULL comes first in a list. */
  private String listed(String values) {
    boolean takesNull = values.equals(NULL) || values.startsWith(NULL + ",");
    String others =
        takesNull ? values.substring(Math.min(values.length(), NULL.length() + 1)) : values;
    List<String> taken = new ArrayList<>();
    if (takesNull) {
      taken.add("%s IS NULL".formatted(by));
    }
    if (!others.isEmpty()) {
      taken.add("COALESCE(%s IN (%s), FALSE)".formatted(by, others));
    }
    return String.join(" OR ", taken);
  }
}
