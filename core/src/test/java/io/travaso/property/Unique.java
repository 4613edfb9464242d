package io.travaso.property;

import java.util.List;

/**
 * A unique key.
 *
 * @param turn by how many rows its values are moved on between the target and the source: 1 makes
 *     chains and circles in which each row takes the next one's value, 0 leaves each its own
 */
record Unique(List<Column> columns, boolean deferrable, int turn) {}
