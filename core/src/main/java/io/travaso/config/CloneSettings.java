package io.travaso.config;

import java.util.List;

/**
 * What a clone does with single tables; the excluded ones keep the target's own rows.
 *
 * @param empty tables that are empty in the clone: neither side's rows
 */
public record CloneSettings(List<TableName> empty) {
  /** No table is treated otherwise. */
  public static final CloneSettings NONE = new CloneSettings(List.of());

  public CloneSettings {
    empty = List.copyOf(empty);
  }
}
