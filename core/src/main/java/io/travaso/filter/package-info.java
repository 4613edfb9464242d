/**
 * Rows that both sides have alike are held back. Between two sites their digests are compared
 * before anything is exported. While a fixture with all rows is read, the target's own are streamed
 * in key order beside it, and two rows of the same bytes are the same row.
 */
@NullMarked
package io.travaso.filter;

import org.jspecify.annotations.NullMarked;
