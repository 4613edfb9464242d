/** Servers beyond a single one: standbys, replicas, clusters. */
@NullMarked
package io.travaso.servers;

import org.jspecify.annotations.NullMarked;
