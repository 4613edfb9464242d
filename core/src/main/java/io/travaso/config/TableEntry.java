package io.travaso.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that takes part.
 *
 * @param group the heading it stands under, for reports only; empty when there is none
 * @param name as written
 * @param table the table of the database where it was said outright; null when {@code name} is to
 *     be looked up
 * @param match the columns that identify a row; empty for the primary key
 * @param conflicts what is said of its conflicts
 */
public record TableEntry(
    String group,
    TableName name,
    @Nullable TableName table,
    List<String> match,
    ConflictSetting conflicts) {

  public TableEntry {
    match = List.copyOf(match);
  }

  /** A table of whose conflicts nothing is said. */
  public TableEntry(String group, TableName name, @Nullable TableName table, List<String> match) {
    this(group, name, table, match, ConflictSetting.NONE);
  }
}
