package io.travaso.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sides' digests, and what the questions about them find. */
class ComparisonTest {
  private static final String TABLE = "public.t";

  /** So many rows, some of which changed, came or went; beyond 16,384 they are kept in a file. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "1, 0, 0, 0",
    "1, 1, 0, 0",
    "64, 3, 2, 1",
    "65, 0, 0, 1",
    "1000, 10, 10, 10",
    "5000, 0, 0, 0",
    "20000, 1, 0, 0",
    "20000, 0, 1, 0",
    "20000, 0, 0, 1",
    "200000, 2000, 500, 700"
  })
  void findsJustWhatDiffers(int rows, int changed, int onlyHere, int onlyThere) throws IOException {
    Random random = new Random(rows * 31L + changed);
    Map<Long, Long> here = new HashMap<>();
    while (here.size() < rows) {
      // Keys that follow each other, as they do, and others.
      here.put(random.nextBoolean() ? here.size() : random.nextLong(), random.nextLong());
    }
    Map<Long, Long> there = new HashMap<>(here);
    Set<Long> expectedHere = new TreeSet<>();
    Set<Long> expectedThere = new TreeSet<>();
    for (long code : here.keySet().stream().limit(changed).toList()) {
      there.merge(code, 1L, Long::sum);
      expectedHere.add(code);
    }
    for (int i = 0; i < onlyHere; i++) {
      here.put(Long.MAX_VALUE - i, 7L);
      expectedHere.add(Long.MAX_VALUE - i);
    }
    for (int i = 0; i < onlyThere; i++) {
      there.put(Long.MIN_VALUE + i, 7L);
      expectedThere.add(Long.MIN_VALUE + i);
    }
    try (RowDigests left = digests(here);
        RowDigests right = digests(there)) {
      Difference found = Comparison.of(TABLE, left, right).orElseThrow();
      assertThat(set(found.here())).isEqualTo(expectedHere);
      assertThat(set(found.there())).isEqualTo(expectedThere);
      // Another comparison of the same digests begins anew.
      assertThat(set(Comparison.of(TABLE, right, left).orElseThrow().there()))
          .isEqualTo(
              here.keySet().stream()
                  .filter(code -> !there.containsKey(code))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void whatIsAnsweredIsInProportionToWhatDiffers() throws IOException {
    Map<Long, Long> here = new HashMap<>();
    for (long code = 0; code < 100_000; code++) {
      here.put(code, code * 31);
    }
    Map<Long, Long> there = new HashMap<>(here);
    for (long code = 0; code < 100_000; code += 100) {
      there.put(code, -1L);
    }
    try (RowDigests left = digests(here);
        RowDigests right = digests(there)) {
      Comparison comparison = new Comparison(TABLE, left.rows(), right.rows());
      long answered = 0;
      for (Optional<Question> next = comparison.next();
          next.isPresent();
          next = comparison.next()) {
        byte[] answer = left.answer(next.get());
        answered += answer.length;
        comparison.answered(answer, right.answer(next.get()));
      }
      assertThat(comparison.difference().orElseThrow().here()).hasSize(1000);
      // A digest of each row would be 1.6 MB.
      assertThat(answered).isLessThan(150_000);
    }
  }

  @Test
  void twoRowsUnderOneCodeAreToldByTheirHashes() throws IOException {
    try (RowDigests left = new RowDigests();
        RowDigests right = new RowDigests()) {
      left.row(5, 1);
      left.row(5, 2);
      right.row(5, 2);
      right.row(5, 1);
      assertThat(Comparison.of(TABLE, left, right).orElseThrow().here()).isEmpty();
      left.row(6, 1);
      left.row(6, 1);
      right.row(6, 1);
      assertThat(Comparison.of(TABLE, left, right).orElseThrow().here()).containsExactly(6);
    }
  }

  @Test
  void whereMostDiffersNothingIsNamed() throws IOException {
    Map<Long, Long> here = new HashMap<>();
    Map<Long, Long> there = new HashMap<>();
    for (long code = 0; code < 10_000; code++) {
      here.put(code, 1L);
      there.put(code, code % 2);
    }
    try (RowDigests left = digests(here);
        RowDigests right = digests(there);
        RowDigests none = new RowDigests()) {
      assertThat(Comparison.of(TABLE, left, right)).isEmpty();
      assertThat(Comparison.of(TABLE, left, none)).isEmpty();
    }
  }

  @Test
  void codesComeBackFromTheirMixture() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long code = random.nextLong();
      assertThat(Mixed.code(Mixed.of(code))).isEqualTo(code);
    }
    assertThat(Mixed.code(Mixed.of(0))).isZero();
    assertThat(Mixed.code(Mixed.of(-1))).isEqualTo(-1);
  }

  private static RowDigests digests(Map<Long, Long> rows) throws IOException {
    RowDigests digests = new RowDigests();
    for (Map.Entry<Long, Long> row : rows.entrySet()) {
      digests.row(row.getKey(), row.getValue());
    }
    return digests;
  }

  private static Set<Long> set(long[] codes) {
    return LongStream.of(codes).boxed().collect(Collectors.toCollection(TreeSet::new));
  }
}
