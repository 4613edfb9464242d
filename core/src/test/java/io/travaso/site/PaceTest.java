package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.database.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rests between rows, by a clock of the test's own. */
class PaceTest {
  private final List<Long> rests = new ArrayList<>();
  private long now;
  private int passed;

  private RowSink paced(int percent, long nanosPerRow) {
    return new Pace(
            percent,
            () -> now,
            nanos -> {
              rests.add(nanos);
              now += nanos;
            })
        .over(
            (buffer, offset, length) -> {
              passed++;
              now += nanosPerRow;
            });
  }

  private void send(RowSink rows, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      rows.row(new byte[] {'x'}, 0, 1);
    }
  }

  @Test
  void restsInProportionToTheWork() throws IOException {
    send(paced(25, 1000), 1000);

    assertThat(passed).isEqualTo(1000);
    // Seven whole blocks of 128 rows; three times as much rest as work.
    assertThat(rests).hasSize(7).containsOnly(128L * 1000 * 3);
    assertThat(now).isEqualTo(1000L * 1000 + 7L * 128 * 1000 * 3);
  }

  @Test
  void doesNotRestForWhatCameBeforeTheFirstRow() throws IOException {
    RowSink rows = paced(50, 10);
    now += TimeUnit.MINUTES.toNanos(5);

    send(rows, 129);

    assertThat(rests).containsExactly(1280L);
  }

  @Test
  void doesNotRestForLong() throws IOException {
    send(paced(1, TimeUnit.SECONDS.toNanos(1)), 257);

    assertThat(rests).containsExactly(TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(2));
  }
}
