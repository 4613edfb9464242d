package io.travaso.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of a table's columns, as the user writes them.
 *
 * @param name {@code app.Model}, {@code schema.table} or {@code table}
 * @param rules by column; a column that is not among them is carried
 */
public record ColumnRules(NameAsWritten name, Map<String, ColumnRule> rules) {

  public ColumnRules {
    rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
  }
}
