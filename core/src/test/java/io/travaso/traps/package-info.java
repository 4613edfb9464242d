/** The ways rows get lost between two databases, each as a case on every server there is. */
@NullMarked
package io.travaso.traps;

import org.jspecify.annotations.NullMarked;
