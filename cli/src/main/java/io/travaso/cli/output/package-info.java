/**
 * What the command line gives back: text for people, JSON for scripts, a log file, an exit code.
 */
@NullMarked
package io.travaso.cli.output;

import org.jspecify.annotations.NullMarked;
