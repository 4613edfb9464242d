/** The ledger, on real servers. */
@NullMarked
package io.travaso.ledger;

import org.jspecify.annotations.NullMarked;
