/** What masks promise, kind by kind. */
@NullMarked
package io.travaso.mask;

import org.jspecify.annotations.NullMarked;
