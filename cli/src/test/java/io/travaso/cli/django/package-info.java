/** Django as the other side: its own {@code dumpdata} and {@code loaddata} beside our commands. */
@NullMarked
package io.travaso.cli.django;

import org.jspecify.annotations.NullMarked;
