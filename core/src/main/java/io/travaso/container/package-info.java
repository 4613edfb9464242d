/** Databases and files inside containers: found, spoken to, archived. */
@NullMarked
package io.travaso.container;

import org.jspecify.annotations.NullMarked;
