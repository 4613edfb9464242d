/** Rows that are held back: what decides about it, and that nobody can tell the difference. */
@NullMarked
package io.travaso.filter;

import org.jspecify.annotations.NullMarked;
