/** The command line: parse, check all flags, call the core, print. */
@NullMarked
package io.travaso.cli;

import org.jspecify.annotations.NullMarked;
