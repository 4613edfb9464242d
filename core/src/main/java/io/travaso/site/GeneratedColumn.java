package io.travaso.site;

/**
 * A column that a database computes.
 *
 * @param expression as the database prints it
 */
public record GeneratedColumn(String table, String column, String expression) {}
