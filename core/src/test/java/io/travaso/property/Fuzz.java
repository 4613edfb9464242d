package io.travaso.property;

import io.travaso.property.Bounds.Outcome;
import io.travaso.property.Bounds.Reading;
import io.travaso.property.Bounds.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Gives a reader damaged inputs, and looks at what it takes. */
final class Fuzz<T> {
  /** How many a try. */
  private static final int INPUTS = 100;

  private static final Path FAILED = Path.of("target", "fuzz");

  private final String folder;
  private final Corpus corpus;
  private final String name;
  private final long bytesEach;
  private final Reading<T> reading;
  private final Check<T> check;

  /** Looks at what was read. */
  interface Check<T> {
    void check(byte[] input, T read) throws IOException;
  }

  /**
   * @param folder of the corpus
   * @param name under which the inputs lie
   * @param bytesEach what may be allocated for a byte of input, all in all
   */
  Fuzz(String folder, String name, long bytesEach, Reading<T> reading, Check<T> check) {
    this.folder = folder;
    this.corpus = Corpus.of(folder);
    this.name = name;
    this.bytesEach = bytesEach;
    this.reading = reading;
    this.check = check;
  }

  /** The inputs that are kept, as they are. */
  void kept() throws IOException {
    try (Bounds bounds = new Bounds(name, bytesEach)) {
      for (int i = 0; i < corpus.inputs().size(); i++) {
        Outcome<T> outcome = one(bounds, corpus.inputs().get(i), corpus.files().get(i).toString());
        boolean good = corpus.files().get(i).getFileName().toString().startsWith("good");
        if (good && !(outcome instanceof Taken)) {
          throw new AssertionError(corpus.files().get(i) + " was refused: " + outcome);
        }
      }
    }
  }

  /** Damaged ones. */
  void damaged(long seed) throws IOException {
    Random random = new Random(seed);
    Mutator mutator = new Mutator(random);
    try (Bounds bounds = new Bounds(name, bytesEach)) {
      for (int i = 0; i < INPUTS; i++) {
        byte[] input = corpus.inputs().get(random.nextInt(corpus.inputs().size()));
        byte[] other = corpus.inputs().get(random.nextInt(corpus.inputs().size()));
        one(
            bounds,
            Packed.of(input).damaged(mutator, other, random),
            "seed " + seed + ", input " + i);
      }
    }
  }

  private Outcome<T> one(Bounds bounds, byte[] input, String about) throws IOException {
    try {
      Outcome<T> outcome = bounds.read(input, reading);
      if (outcome instanceof Taken<T> taken) {
        check.check(input, taken.read());
      }
      return outcome;
    } catch (AssertionError | RuntimeException e) {
      Path kept =
          FAILED.resolve(folder + "-" + Integer.toHexString(java.util.Arrays.hashCode(input)));
      Files.createDirectories(FAILED);
      Files.write(kept, input);
      throw new AssertionError(
          "%s, now in %s (it belongs into src/test/resources/corpus/%s): %s"
              .formatted(about, kept.toAbsolutePath(), folder, e),
          e);
    }
  }
}
