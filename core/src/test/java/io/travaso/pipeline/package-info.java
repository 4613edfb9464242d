/** Deployment and first configuration, on real servers. */
@NullMarked
package io.travaso.pipeline;

import org.jspecify.annotations.NullMarked;
