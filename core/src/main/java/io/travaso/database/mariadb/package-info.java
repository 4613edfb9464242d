/** MariaDB 10.6 and later, with InnoDB. */
@NullMarked
package io.travaso.database.mariadb;

import org.jspecify.annotations.NullMarked;
