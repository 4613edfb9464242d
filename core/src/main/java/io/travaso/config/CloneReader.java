package io.travaso.config;

/** Reads {@code clone}. */
final class CloneReader {
  private CloneReader() {}

  static CloneSettings read(Section root) {
    return CloneSettings.NONE;
  }
}
