package io.travaso.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodesTest {
  private static final long[] NONE = {};

  @Test
  void aUnionHasEachCodeOnce() {
    assertThat(Codes.union(new long[] {7, -1, 7}, NONE, new long[] {Long.MIN_VALUE, -1, 3}))
        .containsExactly(Long.MIN_VALUE, -1, 3, 7);
    assertThat(Codes.union(NONE, NONE)).isEmpty();
    assertThat(Codes.union()).isEmpty();
  }

  @Test
  void areTheSameUnpacked() {
    long[] codes = {0, -1, Long.MAX_VALUE, 42};
    assertThat(Codes.of("t", codes).codes()).containsExactly(codes);
  }
}
