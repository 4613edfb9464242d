/** Whole databases, cloned from one environment into another. */
@NullMarked
package io.travaso.cloning;

import org.jspecify.annotations.NullMarked;
