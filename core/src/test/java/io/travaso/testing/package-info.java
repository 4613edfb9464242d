/** Real servers for the tests: each in a folder of its own, gone when the tests are. */
@NullMarked
package io.travaso.testing;

import org.jspecify.annotations.NullMarked;
