package io.travaso.merge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What becomes of a column that both sides changed, each to another value. */
public enum OnConflict {
  /** Nothing is written, and the conflict is listed. */
  STOP,
  /** It takes the source's value. */
  SOURCE,
  /** It keeps the target's value. */
  TARGET,
  /** It takes the value of the row that was changed last, by a column that says when. */
  NEWEST;

  /** As it stands on the command line, in the configuration and in JSON. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  @JsonCreator
  public static OnConflict of(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No policy: " + text));
  }
}
