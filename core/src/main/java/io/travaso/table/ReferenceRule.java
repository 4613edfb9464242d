package io.travaso.table;

import java.util.List;

/**
 * How a row of an excluded table is recognised on the other side, as the user says it.
 *
 * @param name the table: {@code app.Model}, {@code schema.table} or {@code table}
 */
public record ReferenceRule(NameAsWritten name, List<String> match, Reference.Missing missing) {

  public ReferenceRule {
    match = List.copyOf(match);
  }
}
