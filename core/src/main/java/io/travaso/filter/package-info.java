/**
 * Rows that both sides have alike are held back while a fixture is read: the target's own rows are
 * streamed in key order beside the fixture's, and two rows of the same bytes are the same row.
 */
@NullMarked
package io.travaso.filter;

import org.jspecify.annotations.NullMarked;
