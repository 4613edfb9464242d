/**
 * The merge: rows are staged beside the target, the database finds what differs, the plan says it,
 * and one transaction applies it.
 */
@NullMarked
package io.travaso.merge;

import org.jspecify.annotations.NullMarked;
