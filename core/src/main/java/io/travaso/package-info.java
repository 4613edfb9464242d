/**
 * What every room of the house shares: the one exception, the secret that never prints itself, and
 * the guess at a mistyped name.
 */
@NullMarked
package io.travaso;

import org.jspecify.annotations.NullMarked;
