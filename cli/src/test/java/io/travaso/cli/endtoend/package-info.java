/** The real command as a process, on real servers: rows before, command, rows after. */
@NullMarked
package io.travaso.cli.endtoend;

import org.jspecify.annotations.NullMarked;
