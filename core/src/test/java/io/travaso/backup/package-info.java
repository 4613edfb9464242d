/** Tests of backups, with a real pg_dump and pg_restore. */
@NullMarked
package io.travaso.backup;

import org.jspecify.annotations.NullMarked;
