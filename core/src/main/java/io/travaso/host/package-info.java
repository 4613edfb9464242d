/** Where commands run and files land: this machine, or another one over SSH. */
@NullMarked
package io.travaso.host;

import org.jspecify.annotations.NullMarked;
