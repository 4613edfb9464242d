/** The vocabulary by itself: sets, names, order. */
@NullMarked
package io.travaso.table;

import org.jspecify.annotations.NullMarked;
