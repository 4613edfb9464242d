/** The contract of a site, here and over SSH. */
@NullMarked
package io.travaso.site;

import org.jspecify.annotations.NullMarked;
