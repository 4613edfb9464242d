package io.travaso.cli.output;

import io.travaso.Finding;
import io.travaso.cli.testing.Reports;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Step;

/** A run as observers hear it, always the same. */
final class Script {
  private Script() {}

  static void play(Observer observer) {
    observer.begins(Step.CHECK);
    observer.found(Finding.warning("The clock of prod is 7 minutes off", "Set the clocks."));
    observer.done(Step.CHECK, Note.of(Text.CHECKED, 3, "dev", "prod"));
    observer.begins(Step.EXPORT);
    observer.at("anagrafiche.Cliente", 16_384, 0);
    observer.done(Step.EXPORT, Note.of(Text.EXPORTED, 501L, 7_200_000L, "/srv/x.json.zst"));
    observer.begins(Step.TRANSFER);
    observer.at("x.json.zst", 3_600_000, 7_200_000);
    observer.skipped(Step.TRANSFER, Note.of(Text.SKIPPED_SAME_MACHINE));
    observer.begins(Step.PLAN);
    observer.tells(Note.of(Text.NOT_CHANGED_SINCE));
    observer.done(Step.PLAN, Note.of(Text.PLANNED, 46L, 412L));
    observer.planned(Reports.everyday());
    observer.skipped(Step.CONFIRM, Note.of(Text.SKIPPED_DRY_RUN));
  }
}
