package io.travaso.pipeline;

import io.travaso.site.FixtureFacts;
import io.travaso.site.SiteReport;
import org.jspecify.annotations.Nullable;

/**
 * What step 1 found, without problems.
 *
 * @param source null where a fixture is given
 * @param given what that fixture is; null where the source is exported
 */
public record Checked(
    @Nullable SiteReport source, SiteReport target, @Nullable FixtureFacts given) {}
