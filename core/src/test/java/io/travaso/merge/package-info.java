/** The merge, on real servers. */
@NullMarked
package io.travaso.merge;

import org.jspecify.annotations.NullMarked;
