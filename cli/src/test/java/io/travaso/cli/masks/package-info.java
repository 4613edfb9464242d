/** Masks from the configuration to the proof: the command, on real databases. */
@NullMarked
package io.travaso.cli.masks;

import org.jspecify.annotations.NullMarked;
