package io.travaso.cloning;

import java.util.List;

/**
 * What a clone did to a target.
 *
 * @param notes what is worth knowing now that it is done, for people
 */
public record CloneResult(List<ClonedTable> tables, List<String> notes) {

  public CloneResult {
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
  }
}
