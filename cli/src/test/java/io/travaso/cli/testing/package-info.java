/** The program in this process, with everything around it in the test's hands. */
@NullMarked
package io.travaso.cli.testing;

import org.jspecify.annotations.NullMarked;
