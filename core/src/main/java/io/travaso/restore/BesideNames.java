package io.travaso.restore;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of the databases that are made while one is replaced.
 *
 * @param fresh of the one that is built
 * @param old of the one that is replaced, once it is
 */
record BesideNames(String fresh, String old) {
  /** What both engines take: PostgreSQL 63 bytes, MariaDB 64 characters. */
  private static final int LONGEST = 63;

  /** {@code _before_}, a purpose, and eight digits. */
  private static final int LONGEST_END = 29;

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * New names, which nobody else has thought of.
   *
   * @param purpose a word
   */
  static BesideNames of(String database, String purpose) {
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    String end = "_" + purpose + "_" + HexFormat.of().formatHex(random);
    return new BesideNames(name(database, end), name(database, "_before" + end));
  }

  private static String name(String database, String end) {
    return start(database, LONGEST - end.length()) + end;
  }

  /** What all names begin with that are made for a database. */
  static String start(String database) {
    return start(database, LONGEST - LONGEST_END);
  }

  /** What they look like: begun so, and with eight random digits. */
  static Pattern pattern(String database) {
    return Pattern.compile(
        Pattern.quote(start(database)) + ".{0,29}_[a-z]{1,12}_[0-9a-f]{8}", Pattern.DOTALL);
  }

  private static String start(String database, int bytes) {
    String start = database;
    while (start.getBytes(StandardCharsets.UTF_8).length > bytes) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return start;
  }

  /** What is written on the one that is built. */
  static String freshMark(String database, String purpose) {
    return "travaso: built beside " + database + " for " + purpose;
  }

  /** What is written on the one that was replaced. */
  static String oldMark(String database, String purpose) {
    return "travaso: " + database + " as it was before " + purpose;
  }

  /** What marks begin with. */
  static List<String> marks(String database) {
    return List.of(freshMark(database, ""), oldMark(database, ""));
  }
}
