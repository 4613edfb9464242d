package io.travaso.filter;

/**
 * What two sides' rows of a table are not alike in.
 *
 * @param here the codes of rows that this side has, and the other has not, or not so
 * @param there the codes of rows that only the other side has
 */
// Not compared, and hundreds of thousands of numbers are no list.
@SuppressWarnings("ArrayRecordComponent")
public record Difference(long[] here, long[] there) {}
