/** Tests of the configuration. */
@NullMarked
package io.travaso.config;

import org.jspecify.annotations.NullMarked;
