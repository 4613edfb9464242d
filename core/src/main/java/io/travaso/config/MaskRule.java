package io.travaso.config;

import org.jspecify.annotations.Nullable;

/**
 * What a column's values become before they leave the environment whose data are real.
 *
 * @param kind such as {@code email}, {@code phone}, {@code hash}, {@code keep}
 * @param argument what the kind needs to know; null where it needs nothing
 */
public record MaskRule(String kind, @Nullable String argument) {}
