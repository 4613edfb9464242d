package io.travaso.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {
  @Test
  void bothWorkAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    Supplier<String> meets =
        () -> {
          both.countDown();
          return await(both) ? "met" : "alone";
        };
    Together<String, String> done = Together.of(meets, meets);
    assertThat(done.first()).isEqualTo("met");
    assertThat(done.second()).isEqualTo("met");
  }

  @Test
  void theSecondIsWaitedForWhereTheFirstFails() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                Together.of(
                    () -> {
                      failed.countDown();
                      throw SyncException.failed("the first", "");
                    },
                    () -> {
                      ended.set(await(failed));
                      throw SyncException.failed("the second", "");
                    }))
        .hasMessageContaining("the first")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("the second"));
    assertThat(ended).isTrue();
  }

  @Test
  void theFailureOfTheSecondIsTold() {
    assertThatThrownBy(
            () ->
                Together.of(
                    () -> "done",
                    () -> {
                      throw SyncException.refused("the second", "wait");
                    }))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("the second");
  }

  @Test
  void whatNobodyExpectsArrivesAsItIsToo() {
    IllegalArgumentException unexpected = new IllegalArgumentException("of the second");
    assertThatThrownBy(
            () ->
                Together.of(
                    () -> "done",
                    () -> {
                      throw unexpected;
                    }))
        .isSameAs(unexpected);
  }

  @Test
  void theFailureOfTheFirstIsToldWhateverBecomesOfTheSecond() {
    assertThatThrownBy(
            () ->
                Together.of(
                    () -> {
                      throw SyncException.failed("the first", "");
                    },
                    () -> {
                      throw new IllegalArgumentException("of the second");
                    }))
        .hasMessageContaining("the first")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("of the second"));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
