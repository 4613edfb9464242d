package io.travaso.ledger;

import java.util.List;

/**
 * The runs in which this database and that of another environment came to agree on a table.
 *
 * @param table its full name
 * @param runs the latest first
 */
public record TableAgreements(String table, List<String> runs) {

  public TableAgreements {
    runs = List.copyOf(runs);
  }
}
