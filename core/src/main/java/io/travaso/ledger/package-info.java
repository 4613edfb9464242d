/** What the tool remembers inside each database: which environment it is, and its runs. */
@NullMarked
package io.travaso.ledger;

import org.jspecify.annotations.NullMarked;
