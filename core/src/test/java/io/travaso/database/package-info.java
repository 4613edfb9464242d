/** What every dialect promises, on real servers. */
@NullMarked
package io.travaso.database;

import org.jspecify.annotations.NullMarked;
