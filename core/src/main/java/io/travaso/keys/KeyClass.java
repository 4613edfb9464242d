package io.travaso.keys;

/**
 * The numbers that an environment draws its keys from: every {@code count}th, from {@code place}
 * on.
 *
 * @param place the environment's, from 1 on
 * @param count how many environments share the numbers; 1 where each has all
 */
public record KeyClass(int place, int count) {
  /** All numbers. */
  public static final KeyClass ALL = new KeyClass(1, 1);

  /** The least of these numbers that is not below another. */
  long atLeast(long number) {
    return Math.addExact(number, Math.floorMod(place - number, (long) count));
  }

  boolean holds(long number) {
    return Math.floorMod(number - place, (long) count) == 0;
  }
}
