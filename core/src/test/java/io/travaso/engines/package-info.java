/** From one engine to the other and back. */
@NullMarked
package io.travaso.engines;

import org.jspecify.annotations.NullMarked;
