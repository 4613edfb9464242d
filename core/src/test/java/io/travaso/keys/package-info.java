/** Keys of rows, on real servers. */
@NullMarked
package io.travaso.keys;

import org.jspecify.annotations.NullMarked;
