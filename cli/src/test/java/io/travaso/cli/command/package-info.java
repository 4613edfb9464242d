/** Tests of the commands' options, help and results. */
@NullMarked
package io.travaso.cli.command;

import org.jspecify.annotations.NullMarked;
