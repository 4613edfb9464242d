package io.travaso.config;

import java.util.Map;

/** Reads {@code places}. */
final class PlacesReader {
  private final Section section;

  PlacesReader(Section section) {
    this.section = section;
  }

  Map<String, Place> read() {
    return Map.of();
  }
}
