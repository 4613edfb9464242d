package io.travaso.pipeline;

import io.travaso.merge.ConflictRule;
import io.travaso.site.FixtureFacts;
import io.travaso.site.SiteReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What step 1 found, without problems.
 *
 * @param source null where a fixture is given
 * @param given what that fixture is; null where the source is exported
 * @param rules what becomes of conflicts, by the tables' full names
 */
public record Checked(
    @Nullable SiteReport source,
    SiteReport target,
    @Nullable FixtureFacts given,
    Map<String, ConflictRule> rules) {

  public Checked {
    rules = Map.copyOf(rules);
  }

  /** Of a run in which nothing can be in conflict. */
  Checked(@Nullable SiteReport source, SiteReport target, @Nullable FixtureFacts given) {
    this(source, target, given, Map.of());
  }
}
