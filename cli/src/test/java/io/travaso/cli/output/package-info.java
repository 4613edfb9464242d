/** Tests of what is written to people and to scripts. */
@NullMarked
package io.travaso.cli.output;

import org.jspecify.annotations.NullMarked;
