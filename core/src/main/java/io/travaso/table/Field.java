package io.travaso.table;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a record's {@code fields}.
 *
 * @param name its name in the fixture
 * @param column the column it fills
 * @param reference set where the fixture carries a natural key instead of the column's value
 */
public record Field(String name, Column column, @Nullable Reference reference) {}
