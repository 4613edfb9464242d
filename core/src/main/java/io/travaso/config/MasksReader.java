package io.travaso.config;

import java.util.Map;

/** Reads {@code mask}, {@code mask-key} and {@code mask-policy}. */
final class MasksReader {
  private final Section section;
  private final Map<String, Environment> environments;

  MasksReader(Section section, Map<String, Environment> environments) {
    this.section = section;
    this.environments = environments;
  }

  Masks read() {
    return Masks.NONE;
  }
}
