package io.travaso.table;

import java.math.BigInteger;
import java.util.List;

/**
 * What a column can hold, in words that all engines share. It says whether values of one engine's
 * type have an exact home in another's, and which of them.
 */
public sealed interface Content {
  /** A length or precision without bound. */
  int ANY = -1;

  /** Its kind, and its measure where it has one: {@code text(20)}; empty where it is no other's. */
  String holds();

  /** What only another column of the same type can hold. */
  record Other() implements Content {
    @Override
    public String holds() {
      return "";
    }
  }

  /** Integers from {@code least} to {@code most}. */
  record Whole(BigInteger least, BigInteger most) implements Content {

    /** Those of so many bytes. */
    public static Whole signed(int bytes) {
      BigInteger half = BigInteger.ONE.shiftLeft(8 * bytes - 1);
      return new Whole(half.negate(), half.subtract(BigInteger.ONE));
    }

    /** Those of so many bytes that are not negative. */
    public static Whole unsigned(int bytes) {
      return new Whole(
          BigInteger.ZERO, BigInteger.ONE.shiftLeft(8 * bytes).subtract(BigInteger.ONE));
    }

    @Override
    public String holds() {
      return "integer";
    }
  }

  /**
   * Decimal numbers.
   *
   * @param precision how many digits they have in all, or {@link #ANY}
   * @param scale how many of them after the point
   * @param words whether NaN and the infinities are among them
   * @param negative whether they may be
   */
  record Decimal(int precision, int scale, boolean words, boolean negative) implements Content {
    @Override
    public String holds() {
      return precision == ANY ? "decimal" : "decimal(%d,%d)".formatted(precision, scale);
    }
  }

  /**
   * Binary floating-point numbers.
   *
   * @param single whether they have 4 bytes, not 8
   * @param words whether NaN and the infinities are among them
   */
  record FloatingPoint(boolean single, boolean words) implements Content {
    @Override
    public String holds() {
      return single ? "float" : "double";
    }
  }

  /**
   * True and false.
   *
   * @param least the smallest number that may stand there instead
   * @param most the largest
   */
  record Truth(int least, int most) implements Content {
    @Override
    public String holds() {
      return "boolean";
    }
  }

  /**
   * Text.
   *
   * @param characters how many, or {@link #ANY}
   * @param bytes how many in its character set, or {@link #ANY}
   * @param padded whether blanks at its end don't count, and are not kept
   * @param charset its character set, as Java calls it
   * @param nul whether it may have the character U+0000
   */
  record Text(int characters, long bytes, boolean padded, String charset, boolean nul)
      implements Content {
    @Override
    public String holds() {
      String kind = padded ? "char" : "text";
      return characters == ANY ? kind : "%s(%d)".formatted(kind, characters);
    }
  }

  /**
   * Bytes.
   *
   * @param most how many, or {@link #ANY}
   * @param fixed whether shorter values are made as long
   */
  record Binary(long most, boolean fixed) implements Content {
    @Override
    public String holds() {
      return "bytes";
    }
  }

  /**
   * Bits, as a text of 0 and 1.
   *
   * @param most how many, or {@link #ANY}
   * @param fixed whether each value has just as many
   */
  record Bits(int most, boolean fixed) implements Content {
    @Override
    public String holds() {
      return "bits";
    }
  }

  /**
   * Dates with times.
   *
   * @param moment whether they are moments, kept in UTC, and stand with a Z in a fixture
   * @param marked whether the database's own text of a moment says its zone
   * @param digits how many of the second's fraction
   * @param least the first, {@code 1970-01-01 00:00:01}; empty where there is none, and where
   *     infinity is among them
   * @param most the last
   */
  record Timestamp(boolean moment, boolean marked, int digits, String least, String most)
      implements Content {
    @Override
    public String holds() {
      return moment ? "moment" : "timestamp";
    }
  }

  /**
   * Dates.
   *
   * @param extremes whether infinity and years before Christ or after 9999 are among them
   */
  record Day(boolean extremes) implements Content {
    @Override
    public String holds() {
      return "date";
    }
  }

  /**
   * Times of a day.
   *
   * @param digits how many of the second's fraction
   * @param duration whether negative ones and those beyond 24 hours are among them
   */
  record TimeOfDay(int digits, boolean duration) implements Content {
    @Override
    public String holds() {
      return "time";
    }
  }

  /** Universally unique identifiers. */
  record Uuid() implements Content {
    @Override
    public String holds() {
      return "uuid";
    }
  }

  /** How a document is kept. */
  enum Spelling {
    /** In a spelling of the database's own; a fixture has the document. */
    CANONICAL,
    /** To the letter; a fixture has the document. */
    KEPT,
    /** To the letter; a fixture has its text. */
    TEXT
  }

  /** JSON documents. */
  record Document(Spelling spelling) implements Content {
    @Override
    public String holds() {
      return spelling == Spelling.TEXT ? "json-text" : spelling == Spelling.KEPT ? "json" : "jsonb";
    }
  }

  /**
   * One of some words.
   *
   * @param words all of them
   */
  record Label(List<String> words) implements Content {

    public Label {
      words = List.copyOf(words);
    }

    @Override
    public String holds() {
      return "label";
    }
  }

  /** Addresses of the Internet. */
  record Address() implements Content {
    @Override
    public String holds() {
      return "address";
    }
  }
}
