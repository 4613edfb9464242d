package io.travaso.keys;

/**
 * References that follow a key.
 *
 * @param table the full name of the table that holds them
 * @param label its name for people
 * @param generic whether it is a generic relation, which no foreign key guards
 * @param rows how many rows hold one
 */
public record MovedReferences(
    String table, String label, String column, boolean generic, long rows) {}
