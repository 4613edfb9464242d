package io.travaso.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * For how long backups stay: those among the newest, those that are young, and in any case one that
 * is whole.
 *
 * @param keep how many of the newest stay, at least 1
 * @param keepDays for how many days one stays whatever its place; null where only the number counts
 */
public record Retention(int keep, @Nullable Integer keepDays) {

  public Retention {
    if (keep < 1) {
      throw new IllegalArgumentException("at least one backup is kept");
    }
  }

  /**
   * Those that need not stay.
   *
   * @param newestFirst backups of one kind
   * @param whole whether one could be used; asked only where it decides
   */
  public <B> List<B> tooMany(
      List<B> newestFirst, Function<B, Instant> takenAt, Predicate<B> whole, Instant now) {
    List<B> staying = new ArrayList<>();
    List<B> old = new ArrayList<>();
    for (B backup : newestFirst) {
      boolean stays = staying.size() < keep && old.isEmpty();
      (stays || isYoung(takenAt.apply(backup), now) ? staying : old).add(backup);
    }
    if (!old.isEmpty() && staying.stream().noneMatch(whole)) {
      old.stream().filter(whole).findFirst().ifPresent(old::remove);
    }
    return old;
  }

  private boolean isYoung(Instant takenAt, Instant now) {
    return keepDays != null && takenAt.isAfter(now.minus(Duration.ofDays(keepDays)));
  }
}
