/** Tests of the program as a whole. */
@NullMarked
package io.travaso.cli;

import org.jspecify.annotations.NullMarked;
