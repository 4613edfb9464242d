package io.travaso.filter;

/**
 * Codes with their bits mixed, so that rows whose codes follow each other are spread over all
 * blocks: the last step of SplitMix64, which can be undone.
 */
final class Mixed {
  private Mixed() {}

  static long of(long code) {
    long z = (code ^ (code >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  static long code(long mixed) {
    long z = (mixed ^ (mixed >>> 31) ^ (mixed >>> 62)) * 0x319642b2d24d8ec3L;
    z = (z ^ (z >>> 27) ^ (z >>> 54)) * 0x96de1b173f119089L;
    return z ^ (z >>> 30) ^ (z >>> 60);
  }

  /** What a row adds to the sum of its block. */
  static long digest(long mixed, long hash) {
    return of(hash + mixed * 0x9e3779b97f4a7c15L);
  }
}
