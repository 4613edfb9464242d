/** Whole databases: built beside the one they are to replace, then swapped with it. */
@NullMarked
package io.travaso.restore;

import org.jspecify.annotations.NullMarked;
