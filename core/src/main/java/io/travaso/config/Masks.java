package io.travaso.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which columns are masked.
 *
 * @param key makes the masks; {@link SecretReference.None} where none is needed
 * @param strict whether a text column that nobody classified stops the export
 * @param rules by table, as it was written, and by column or field
 */
public record Masks(
    SecretReference key, boolean strict, Map<TableName, Map<String, MaskRule>> rules) {
  /** Nothing is masked. */
  public static final Masks NONE = new Masks(new SecretReference.None(), false, Map.of());

  public Masks {
    rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
  }
}
