package io.travaso.config;

import org.jspecify.annotations.Nullable;

/**
 * How somebody settles a conflict.
 *
 * @param table the table's full name
 * @param key the row's key, as the conflict was listed
 * @param column null where it is about the whole row
 * @param takesSource whether the source's value or row is taken; otherwise the target's stays
 * @param seen what the row was like when the conflict was listed, in one number
 */
public record DecisionEntry(
    String table, String key, @Nullable String column, boolean takesSource, String seen) {}
