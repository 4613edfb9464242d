package io.travaso.site;

import io.travaso.merge.MergePlan;

/**
 * What merging a fixture would do.
 *
 * @param drift where the fixture's tables differ from the target's, and what therefore takes no
 *     part
 */
public record FixturePlan(MergePlan plan, AllowedDrift drift) {}
