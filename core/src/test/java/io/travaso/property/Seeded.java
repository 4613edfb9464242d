package io.travaso.property;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;

/**
 * What was made of a seed, which makes it again: {@code -Dtravaso.seed=N -Djqwik.tries.default=1}.
 */
record Seeded<T>(long seed, T value) {
  private static final String PROPERTY = "travaso.seed";
  private static final int SIZE = 1000;

  /** Of random seeds, or of the one that is given. */
  static <T> Arbitrary<Seeded<T>> any(Arbitrary<T> arbitrary) {
    RandomGenerator<T> generator = arbitrary.generator(SIZE);
    return Arbitraries.fromGenerator(
        random -> {
          long seed = Long.getLong(PROPERTY, random.nextLong());
          return generator.next(new Random(seed)).map(value -> new Seeded<>(seed, value));
        });
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + value;
  }
}
