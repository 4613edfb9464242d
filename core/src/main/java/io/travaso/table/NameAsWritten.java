package io.travaso.table;

import org.jspecify.annotations.Nullable;

/**
 * A table's name as a user writes it: {@code app.Model}, {@code schema.table} or {@code table}.
 *
 * @param qualifier what stands before the dot; null where there is none
 */
public record NameAsWritten(@Nullable String qualifier, String name) {

  @Override
  public String toString() {
    return qualifier == null ? name : qualifier + "." + name;
  }
}
