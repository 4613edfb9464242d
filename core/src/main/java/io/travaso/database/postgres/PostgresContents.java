package io.travaso.database.postgres;

import io.travaso.table.Content;
import io.travaso.table.Content.Spelling;
import java.util.List;

/** What PostgreSQL's types hold, as far as another engine's can hold it too. */
final class PostgresContents {
  /** What a modifier has before its value. */
  private static final int HEADER = 4;

  private static final int MOST_DIGITS = 6;

  private PostgresContents() {}

  static Content enumeration(List<String> labels) {
    return new Content.Label(labels);
  }

  /** Text of an extension that compares it in its own way. */
  static Content citext() {
    return text(Content.ANY, false);
  }

  /**
   * What a built-in type holds.
   *
   * @param modifier as {@code pg_attribute.atttypmod} has it
   */
  static Content of(String name, int modifier) {
    return switch (name) {
      case "int2" -> Content.Whole.signed(2);
      case "int4" -> Content.Whole.signed(4);
      case "int8" -> Content.Whole.signed(8);
      case "numeric" -> numeric(modifier);
      case "float4" -> new Content.FloatingPoint(true, true);
      case "float8" -> new Content.FloatingPoint(false, true);
      case "bool" -> new Content.Truth(null);
      case "text" -> text(Content.ANY, false);
      case "varchar" -> text(modifier < 0 ? Content.ANY : modifier - HEADER, false);
      case "bpchar" -> text(modifier < 0 ? Content.ANY : modifier - HEADER, true);
      case "bytea" -> new Content.Binary(Content.ANY, false);
      case "bit" -> new Content.Bits(modifier, true);
      case "varbit" -> new Content.Bits(modifier, false);
      case "timestamptz" -> timestamp(true, modifier);
      case "timestamp" -> timestamp(false, modifier);
      case "date" -> new Content.Day();
      case "time" -> new Content.TimeOfDay(digits(modifier));
      case "uuid" -> new Content.Uuid();
      case "jsonb" -> new Content.Document(Spelling.CANONICAL, Content.ANY);
      case "json" -> new Content.Document(Spelling.TEXT, Content.ANY);
      case "inet" -> new Content.Address();
      default -> new Content.Other();
    };
  }

  private static Content numeric(int modifier) {
    if (modifier < 0) {
      return new Content.Decimal(Content.ANY, Content.ANY, true, true);
    }
    int precision = (modifier - HEADER) >> 16;
    // Eleven bits with a sign, since PostgreSQL 15.
    int scale = (((modifier - HEADER) & 0x7ff) ^ 0x400) - 0x400;
    return new Content.Decimal(precision, scale, true, true);
  }

  private static Content text(int characters, boolean padded) {
    return new Content.Text(
        characters, Content.ANY, padded, Content.Text.ANY_CHARSET, /* nul= */ false);
  }

  private static Content timestamp(boolean moment, int modifier) {
    return new Content.Timestamp(moment, /* plain= */ false, digits(modifier), "", "");
  }

  private static int digits(int modifier) {
    return modifier < 0 ? MOST_DIGITS : modifier;
  }
}
