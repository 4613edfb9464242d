/**
 * Services of compose projects as a whole: databases and volumes backed up together while the
 * service holds still, proven, copied to a second place, verified and restored.
 */
@NullMarked
package io.travaso.service;

import org.jspecify.annotations.NullMarked;
