/**
 * One environment: its database, the host it lives on, its files, its backups, its ledger. The same
 * operations run in this process or, over SSH, in the {@code sync} that is installed on that host.
 */
@NullMarked
package io.travaso.site;

import org.jspecify.annotations.NullMarked;
