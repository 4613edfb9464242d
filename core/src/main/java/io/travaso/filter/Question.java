package io.travaso.filter;

import org.jspecify.annotations.Nullable;

/**
 * A question about the digests of a table's rows. Blocks are what the mixed codes begin with; a
 * question is about some of those that the last answer was about.
 *
 * @param table its id
 * @param chosen a bit for each block that was answered last: whether it is asked about; null for
 *     all
 * @param split into how many parts each is divided, as a power of two; 0 asks for the rows
 */
// Not compared, and hundreds of thousands of numbers are no list.
@SuppressWarnings("ArrayRecordComponent")
public record Question(String table, byte @Nullable [] chosen, int split) {}
