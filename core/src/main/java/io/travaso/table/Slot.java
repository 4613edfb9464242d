package io.travaso.table;

/**
 * One value of a row on its way through fixture and staging.
 *
 * @param name its column in the staging table
 * @param source the column whose type it has: of the table itself or, for a reference, of the table
 *     referenced
 */
public record Slot(String name, Column source) {}
