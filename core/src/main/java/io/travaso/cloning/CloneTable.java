package io.travaso.cloning;

import java.util.List;

/**
 * A table of the source, and what a clone does with it.
 *
 * @param table its full name
 * @param label its name for people
 * @param rows how many the source has of those that go; 0 where none do
 * @param masked the columns that are masked, and how: {@code email: email}
 */
public record CloneTable(
    String table, String label, Origin origin, long rows, List<String> masked) {

  public CloneTable {
    masked = List.copyOf(masked);
  }
}
