/** Properties that hold for any schema, any rows and any input, tried on random ones. */
@NullMarked
package io.travaso.property;

import org.jspecify.annotations.NullMarked;
