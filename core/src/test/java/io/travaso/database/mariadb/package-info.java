/** What MariaDB's dialect promises, on real servers. */
@NullMarked
package io.travaso.database.mariadb;

import org.jspecify.annotations.NullMarked;
