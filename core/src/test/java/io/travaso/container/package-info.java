@NullMarked
package io.travaso.container;

import org.jspecify.annotations.NullMarked;
