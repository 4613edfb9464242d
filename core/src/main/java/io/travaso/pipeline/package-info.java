/** The readable flows: one class a command, each a table of contents of what it does. */
@NullMarked
package io.travaso.pipeline;

import org.jspecify.annotations.NullMarked;
