/** The keys that a database gives its rows: which come next, and rows that get another. */
@NullMarked
package io.travaso.keys;

import org.jspecify.annotations.NullMarked;
