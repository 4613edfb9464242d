package io.travaso.cloning;

import java.util.List;

/**
 * What a clone would do to a target.
 *
 * @param lost tables that only the target has, which are gone afterwards
 * @param notes what is worth knowing before it is done, for people
 */
public record ClonePlan(
    CloneSource source, List<ClonedTable> tables, List<ClonedTable> lost, List<String> notes) {

  public ClonePlan {
    tables = List.copyOf(tables);
    lost = List.copyOf(lost);
    notes = List.copyOf(notes);
  }
}
