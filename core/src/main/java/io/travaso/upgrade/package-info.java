/**
 * Upgrades of services in compose projects, with a way back: numbered steps that a runbook
 * describes, a state on the host that says how far they came, and a rollback to the old image and
 * the old data.
 */
@NullMarked
package io.travaso.upgrade;

import org.jspecify.annotations.NullMarked;
