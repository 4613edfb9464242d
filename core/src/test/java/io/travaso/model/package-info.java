/** A model of two databases that are synced, beside two that are. */
@NullMarked
package io.travaso.model;

import org.jspecify.annotations.NullMarked;
