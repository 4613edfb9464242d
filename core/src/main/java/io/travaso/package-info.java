/**
 * What every room of the house shares: the one exception and the secret that never prints itself.
 */
@NullMarked
package io.travaso;

import org.jspecify.annotations.NullMarked;
