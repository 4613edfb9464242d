/** Tests of whole databases that are replaced, on real servers. */
@NullMarked
package io.travaso.restore;

import org.jspecify.annotations.NullMarked;
