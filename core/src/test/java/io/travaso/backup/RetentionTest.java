package io.travaso.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Backups are told by how many days ago they were taken. */
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private static List<Integer> tooMany(int keep, @Nullable Integer days, List<Integer> ages) {
    return tooMany(keep, days, ages, Set.copyOf(ages));
  }

  private static List<Integer> tooMany(
      int keep, @Nullable Integer days, List<Integer> ages, Set<Integer> whole) {
    return new Retention(keep, days)
        .tooMany(ages, age -> NOW.minus(Duration.ofDays(age)), whole::contains, NOW);
  }

  @Test
  void keepsTheNewestByTheirNumber() {
    assertThat(tooMany(2, null, List.of(0, 1, 2, 3))).containsExactly(2, 3);
    assertThat(tooMany(4, null, List.of(0, 1, 2, 3))).isEmpty();
  }

  @Test
  void keepsTheYoungWhateverTheirNumber() {
    assertThat(tooMany(1, 3, List.of(0, 1, 2, 3, 4))).containsExactly(3, 4);
    assertThat(tooMany(3, 2, List.of(0, 10, 20, 30))).containsExactly(30);
  }

  @Test
  void theOrderOfTakingCountsAndNotAClockThatWasSetBack() {
    assertThat(tooMany(1, 5, List.of(100, 1, 2))).isEmpty();
    assertThat(tooMany(1, null, List.of(100, 1, 2))).containsExactly(1, 2);
  }

  @Test
  void keepsTheNewestWholeOneInAnyCase() {
    assertThat(tooMany(2, null, List.of(0, 1, 2, 3, 4), Set.of(3, 4))).containsExactly(2, 4);
    assertThat(tooMany(1, 2, List.of(0, 1, 2, 3), Set.of(3))).containsExactly(2);
    assertThat(tooMany(1, null, List.of(0, 1, 2), Set.of(0, 2))).containsExactly(1, 2);
    assertThatThrownBy(() -> new Retention(0, 7)).isInstanceOf(IllegalArgumentException.class);
  }
}
