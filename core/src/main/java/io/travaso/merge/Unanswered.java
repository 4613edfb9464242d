package io.travaso.merge;

import org.jspecify.annotations.Nullable;

/**
 * References to rows that the target does not have, which the configuration says what to do with.
 *
 * @param label the table's name for people
 * @param rows how many rows have one
 * @param becomes the key they hold instead; null for NULL
 */
public record Unanswered(String label, String field, long rows, @Nullable String becomes) {}
