/**
 * One small class per command: its options, what is wrong with them together, which flow it runs.
 */
@NullMarked
package io.travaso.cli.command;

import org.jspecify.annotations.NullMarked;
