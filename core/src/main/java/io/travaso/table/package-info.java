/** The vocabulary: tables, columns, keys, references and the set that is synced. No I/O. */
@NullMarked
package io.travaso.table;

import org.jspecify.annotations.NullMarked;
