package io.travaso.upgrade;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tag says about a version: {@code v30.0.2-fpm} is version 30 of the variant {@code fpm}.
 *
 * @param major its first number
 * @param numbers all of them, with dots
 * @param variant what stands behind them; empty for nothing
 */
record Versions(int major, String numbers, String variant) {
  private static final Pattern TAG =
      Pattern.compile("(?:[A-Za-z][A-Za-z_]*-?)??(([0-9]{1,6})(?:\\.[0-9]{1,6})*)(?:[-_.+](.*))?");

  /** Empty for a tag that names no version: {@code latest}, {@code stable}. */
  static Optional<Versions> of(String tag) {
    Matcher matcher = TAG.matcher(tag);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String variant = matcher.group(3);
    return Optional.of(
        new Versions(
            Integer.parseInt(matcher.group(2)), matcher.group(1), variant == null ? "" : variant));
  }

  /** Whether the other one is newer, as far as both say: 30 and 30.1 are taken as equal. */
  boolean isBefore(Versions other) {
    String[] mine = numbers.split("\\.", -1);
    String[] theirs = other.numbers.split("\\.", -1);
    for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
      int difference = Integer.compare(Integer.parseInt(mine[i]), Integer.parseInt(theirs[i]));
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
