package io.travaso.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of the set as the user asks for it.
 *
 * @param name {@code app.Model}, {@code schema.table} or {@code table}
 * @param table the table's name where a Django model does not have the default one
 * @param match the columns its rows are recognised by; empty for the primary key
 */
public record TableRequest(NameAsWritten name, @Nullable NameAsWritten table, List<String> match) {

  public TableRequest {
    match = List.copyOf(match);
  }
}
