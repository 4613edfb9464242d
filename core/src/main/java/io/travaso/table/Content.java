package io.travaso.table;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Years from 1901 to 2155, and 0. */
  record Year() implements Content {
    @Override
    public String holds() {
      return "year";
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
   * @param words whether NaN, the infinities and negative zero are among them
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
   * @param numbers the numbers of which they are 1 and 0; null where there are no others
   */
  record Truth(@Nullable Whole numbers) implements Content {
    @Override
    public String holds() {
      return numbers == null ? "boolean" : "flag";
    }
  }

  /**
   * Text.
   *
   * @param characters how many, or {@link #ANY}
   * @param bytes how many in its character set, or {@link #ANY}
   * @param padded whether blanks at its end don't count, and are not kept
   * @param charset its character set, as Java calls it, or one of these
   * @param nul whether it may have the character U+0000
   */
  record Text(int characters, long bytes, boolean padded, String charset, boolean nul)
      implements Content {
    /** Characters of which only the server knows whether it has them. */
    public static final String ANY_CHARSET = "";

    /** All characters. */
    public static final String UTF8 = "UTF-8";

    /** All characters of at most three bytes in UTF-8. */
    public static final String UTF8_BASIC = "UTF-8, three bytes";

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
   * @param plain whether the database's text is never more than {@code 2024-12-31 23:59:59.5}, in
   *     UTC: no zone, no infinity
   * @param digits how many of the second's fraction
   * @param least the first, {@code 1970-01-01 00:00:01}; empty where there is none
   * @param most the last
   */
  record Timestamp(boolean moment, boolean plain, int digits, String least, String most)
      implements Content {
    @Override
    public String holds() {
      return moment ? "moment" : plain ? "datetime" : "timestamp";
    }
  }

  /** Dates. */
  record Day() implements Content {
    @Override
    public String holds() {
      return "date";
    }
  }

  /**
   * Times of a day.
   *
   * @param digits how many of the second's fraction
   */
  record TimeOfDay(int digits) implements Content {
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

  /**
   * JSON documents.
   *
   * @param depth how deep they may be nested, with whole surrogate pairs only; or {@link #ANY}
   */
  record Document(Spelling spelling, int depth) implements Content {
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
