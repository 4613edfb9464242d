/** Files on this machine that appear whole or not at all, and their digests. */
@NullMarked
package io.travaso.file;

import org.jspecify.annotations.NullMarked;
