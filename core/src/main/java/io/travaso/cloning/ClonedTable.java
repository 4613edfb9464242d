package io.travaso.cloning;

/**
 * A table of the target, before and after a clone.
 *
 * @param table its full name
 * @param label its name for people
 * @param before how many rows the target has before; 0 where it has no such table
 * @param after how many it has after
 */
public record ClonedTable(String table, String label, Origin origin, long before, long after) {}
