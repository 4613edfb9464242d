package io.travaso.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done where both sides changed the same thing since they last agreed. */
public enum OnConflict {
  /** Nothing is written, and the conflicts are listed. */
  STOP,
  /** The source's value is taken. */
  SOURCE,
  /** The target's value stays. */
  TARGET,
  /** The row wins that was changed last, as a column says. */
  NEWEST;

  /** As it is written: {@code stop}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words there are. */
  public static List<String> words() {
    return Arrays.stream(values()).map(OnConflict::word).toList();
  }

  public static Optional<OnConflict> of(String word) {
    return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
  }
}
