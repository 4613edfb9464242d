/**
 * The configuration: found, read, and checked as a whole, so that everything wrong with it is told
 * in one go.
 *
 * <p>{@link io.travaso.config.ConfigFinder} finds the file, {@link
 * io.travaso.config.SyncConfig#read} makes immutable records of it. Secrets are only referred to
 * here; {@link io.travaso.config.SecretResolver} fetches them on the host that needs them.
 */
@NullMarked
package io.travaso.config;

import org.jspecify.annotations.NullMarked;
