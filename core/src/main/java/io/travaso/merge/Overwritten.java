package io.travaso.merge;

/**
 * A row of the target that becomes the source's, though it may have been changed in the target.
 *
 * @param table its full name
 * @param label its name for people
 * @param key the row's key for people
 */
public record Overwritten(String table, String label, String key) {}
