/** Backups of a whole database: taken, proven, listed, read and kept for as long as they serve. */
@NullMarked
package io.travaso.backup;

import org.jspecify.annotations.NullMarked;
