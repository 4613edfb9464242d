/** Tests of upgrades, with a real Docker Engine. */
@NullMarked
package io.travaso.upgrade;

import org.jspecify.annotations.NullMarked;
