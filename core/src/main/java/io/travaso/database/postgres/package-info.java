/** PostgreSQL 12 and later. */
@NullMarked
package io.travaso.database.postgres;

import org.jspecify.annotations.NullMarked;
