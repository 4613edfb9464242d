package io.travaso.pipeline;

import io.travaso.merge.Reconciliation;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.Exported;
import io.travaso.site.FixtureCopy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Keeps a plan and its fixture, to be applied another time. With conflicts there is none. */
final class PlanSaving implements PlanReview {
  private final Path file;
  private final Clock clock;
  private final Observer observer;

  PlanSaving(Path file, Clock clock, Observer observer) {
    this.file = file;
    this.clock = clock;
    this.observer = observer;
  }

  @Override
  public void look(Planned planned) {
    Exported exported = planned.exported();
    if (exported == null || SyncReport.hasConflicts(planned.plan())) {
      observer.tells(Note.of(Text.NOT_SAVED));
      return;
    }
    SavedPlan.requireFree(file);
    Path fixture = SavedPlan.fixtureBeside(file);
    FixtureCopy.make(planned.fixture(), fixture);
    Reconciliation reconciliation = planned.request().reconciliation();
    SavedPlan.of(
            planned.options(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            reconciliation == null ? Map.of() : reconciliation.agreed(),
            planned.plan().tables(),
            fixture,
            exported)
        .write(file);
    observer.tells(Note.of(Text.SAVED_PLAN, file.toString()));
  }

  @Override
  public boolean keeps() {
    return true;
  }
}
