package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.upgrade.UpgradeState.Image;
import io.travaso.upgrade.UpgradeState.Mark;
import io.travaso.upgrade.UpgradeState.Status;
import io.travaso.upgrade.UpgradeState.Step;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Step 1 of an upgrade, and the state that the others go on from. */
final class Beginning {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Planning planning;
  private final Clock clock;
  private final String toolVersion;

  Beginning(Planning planning, Clock clock, String toolVersion) {
    this.planning = planning;
    this.clock = clock;
    this.toolVersion = toolVersion;
  }

  /** A state with step 1 behind it, or {@code UNCHANGED} where there is nothing to do. */
  UpgradeState begin(Progress progress) {
    Instant begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Finding.throwProblems(
        "changing the tag of " + planning.service(), planning.edited().problems());
    Workplace workplace = planning.workplace(planning.from());
    Images images = new Images(workplace);
    List<Image> present = images.present(planning.edited());
    boolean isSameTag = present.stream().allMatch(it -> it.from().equals(it.to()));
    if (isSameTag) {
      // Only the images themselves tell whether there is something new under the same tag.
      present = images.pulled(present, progress);
      if (Images.isThere(present)) {
        return state(begun, present, Status.UNCHANGED);
      }
    }
    progress.at("check", 0, 0);
    List<Finding> findings =
        new Preflight(workplace, new Programs(workplace), planning.tag()).look(planning.edited());
    Finding.throwProblems(
        "the preflight of " + planning.service() + " to " + planning.tag(), findings);
    progress.tells("1/9 check: all right");
    return state(begun, present, Status.BEGUN);
  }

  private UpgradeState state(Instant begun, List<Image> images, Status status) {
    Step checked =
        new Step(
            UpgradeStep.PREFLIGHT.name(),
            Mark.DONE,
            begun.toString(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    return new UpgradeState(
        UpgradeState.VERSION,
        planning.service() + "_" + STAMP.format(begun),
        planning.service(),
        planning.settings().environment(),
        toolVersion,
        planning.settings().compose(),
        planning.settings().profile(),
        planning.from(),
        planning.tag(),
        images,
        status,
        List.of(checked),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        planning.yaml(),
        begun.toString(),
        null,
        null,
        null,
        List.of());
  }
}
