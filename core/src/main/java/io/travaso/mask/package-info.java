/** What becomes of values that must not leave the environment whose data are real. */
@NullMarked
package io.travaso.mask;

import org.jspecify.annotations.NullMarked;
