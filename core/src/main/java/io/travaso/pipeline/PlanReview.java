package io.travaso.pipeline;

import io.travaso.merge.MergePlan;
import io.travaso.site.Exported;
import io.travaso.site.Requests;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is done with a plan before anybody is asked, beside showing it. */
interface PlanReview {
  /** Nothing. */
  PlanReview NONE = planned -> {};

  /**
   * A plan and what it was made of.
   *
   * @param request what the target was asked
   * @param fixture on this machine
   * @param exported the fixture as the source's host has it; null where it came from nowhere
   */
  record Planned(
      SyncOptions options,
      Requests.Plan request,
      Path fixture,
      @Nullable Exported exported,
      MergePlan plan) {}

  /**
   * Looks at a plan.
   *
   * @throws io.travaso.SyncException if it is not to be gone on with
   */
  void look(Planned planned);

  /** Whether the plan is kept, to be applied another time. */
  default boolean keeps() {
    return false;
  }

  /** The export that was made before, and whose fixture is given; null where there is none. */
  default @Nullable Exported exported() {
    return null;
  }
}
