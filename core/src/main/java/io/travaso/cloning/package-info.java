/**
 * Whole databases, from one environment into another: dumped, masked on the way, and swapped in.
 */
@NullMarked
package io.travaso.cloning;

import org.jspecify.annotations.NullMarked;
