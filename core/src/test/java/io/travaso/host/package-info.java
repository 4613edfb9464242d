/** Tests of the hosts: one contract for all of them, and what is special about SSH. */
@NullMarked
package io.travaso.host;

import org.jspecify.annotations.NullMarked;
