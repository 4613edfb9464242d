/** What a merge makes of rows that both sides changed, through whole runs on real databases. */
@NullMarked
package io.travaso.reconciling;

import org.jspecify.annotations.NullMarked;
