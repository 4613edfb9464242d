package io.travaso.keys;

import java.util.List;

/**
 * How far a table's keys go in an environment.
 *
 * @param exists whether it has the table, with a key that can be looked at
 * @param highest the highest key that is there or was given out; 0 where there is none
 * @param taken which of the keys asked for are there
 */
public record KeyReach(boolean exists, long highest, List<Long> taken) {

  public KeyReach {
    taken = List.copyOf(taken);
  }

  /** The table is not there. */
  public static KeyReach none() {
    return new KeyReach(false, 0, List.of());
  }
}
