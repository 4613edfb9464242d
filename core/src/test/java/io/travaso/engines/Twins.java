package io.travaso.engines;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Types of PostgreSQL with their homes in MariaDB, and random values of them as SQL literals. */
final class Twins {
  private static final List<String> CHARACTERS =
      List.of("a", "B", "è", "€", "😀", " ", "\t", "\n", "\\", "'", "\"", "%", "\u0001", "e\u0301");
  private static final long FIRST_SECOND = -62135596800L;
  private static final long LAST_SECOND = 253402300799L;

  /**
   * A type and its home.
   *
   * @param value one that is exact there
   * @param homeless some that are not
   */
  record Twin(
      String postgres, String maria, Function<Random, String> value, List<String> homeless) {
    @Override
    public String toString() {
      return postgres + " → " + maria;
    }
  }

  static final List<Twin> ALL =
      List.of(
          twin("smallint", "smallint", r -> "" + (short) r.nextInt()),
          twin("integer", "int", r -> "" + r.nextInt()),
          twin("bigint", "bigint", r -> "(" + r.nextLong() + ")"),
          twin("bigint", "mediumint unsigned", r -> "" + r.nextInt(1 << 24), "-1", "16777216"),
          twin("integer", "tinyint(1)", r -> "" + (byte) r.nextInt(), "128"),
          twin(
              "numeric(14,3)",
              "decimal(14,3)",
              r -> decimal(r.nextLong() % 100_000_000_000_000L, 3),
              "'NaN'"),
          twin("numeric", "decimal(20,6)", r -> decimal(r.nextInt(), 6), "0.0000001", "1e14"),
          twin("double precision", "double", Twins::real, "'NaN'", "'Infinity'", "'-0'"),
          twin("real", "float", Twins::single, "'-Infinity'", "3.4028235e38"),
          twin("boolean", "tinyint(1)", r -> "" + r.nextBoolean()),
          twin("text", "longtext", r -> quoted(text(r, 30))),
          twin("varchar(12)", "varchar(12)", r -> quoted(text(r, 6))),
          twin("text", "varchar(10)", r -> quoted(text(r, 5)), "'eleven long'", "'ten        '"),
          twin(
              "text",
              "text CHARACTER SET utf8mb3",
              r -> quoted(text(r, 9).replace("😀", "")),
              "'😀'"),
          twin("char(9)", "char(9)", r -> quoted(text(r, 4).strip())),
          twin("bytea", "longblob", r -> "'\\x" + hex(r, r.nextInt(20)) + "'"),
          twin("bytea", "binary(4)", r -> "'\\x" + hex(r, 4) + "'", "'\\x00'", "'\\x0000000000'"),
          twin("bit(11)", "bit(11)", r -> "B'" + bits(r, 11) + "'"),
          twin(
              "date",
              "date",
              r -> quoted(moment(r).substring(0, 10)),
              "'infinity'",
              "'0001-12-31 BC'"),
          twin("time", "time(6)", r -> quoted(moment(r).substring(11, 26))),
          twin("timestamp", "datetime(6)", r -> quoted(moment(r)), "'-infinity'", "'10000-01-01'"),
          twin("timestamp(3)", "datetime(3)", r -> quoted(moment(r).substring(0, 23))),
          twin("timestamptz", "datetime(6)", r -> quoted(moment(r) + "+00"), "'infinity'"),
          twin(
              "timestamptz",
              "timestamp(6)",
              r -> "to_timestamp(" + (1 + r.nextInt(Integer.MAX_VALUE - 1)) + ")",
              "'1970-01-01 00:00:00+00'",
              "'2200-01-01 00:00:00+00'"),
          twin("uuid", "char(32)", r -> quoted(uuid(r))),
          twin("uuid", "char(36)", r -> quoted(uuid(r))),
          twin("jsonb", "json", r -> quoted(document(r, 3))),
          twin("json", "json", r -> quoted(document(r, 3)), "'\"\\ud800\"'"));

  private Twins() {}

  private static Twin twin(
      String postgres, String maria, Function<Random, String> value, String... homeless) {
    return new Twin(postgres, maria, value, List.of(homeless));
  }

  private static String decimal(long digits, int scale) {
    return "(" + java.math.BigDecimal.valueOf(digits, scale).toPlainString() + ")";
  }

  private static String real(Random random) {
    double number = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(number) && number != 0 ? "'" + number + "'" : "0";
  }

  private static String single(Random random) {
    float number = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(number) && number != 0 && Math.abs(number) < 3.4e38
        ? "'" + number + "'"
        : "0";
  }

  private static String text(Random random, int most) {
    return random
        .ints(random.nextInt(most + 1), 0, CHARACTERS.size())
        .mapToObj(CHARACTERS::get)
        .collect(Collectors.joining());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String hex(Random random, int bytes) {
    return random
        .ints(bytes, 0, 256)
        .mapToObj(b -> String.format(Locale.ROOT, "%02x", b))
        .collect(Collectors.joining());
  }

  private static String bits(Random random, int count) {
    return random.ints(count, 0, 2).mapToObj(Integer::toString).collect(Collectors.joining());
  }

  /** With six digits of a fraction, many of them zeros. */
  private static String moment(Random random) {
    long second = FIRST_SECOND + (long) (random.nextDouble() * (LAST_SECOND - FIRST_SECOND));
    String date =
        java.time.LocalDateTime.ofEpochSecond(second, 0, java.time.ZoneOffset.UTC).toString();
    String whole = date.length() == 16 ? date + ":00" : date;
    String fraction = "%06d".formatted(random.nextInt(1000) * (random.nextBoolean() ? 1000 : 1));
    return whole.replace('T', ' ') + "." + fraction;
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String document(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> "null";
      case 1 -> "" + random.nextBoolean();
      case 2 -> "" + random.nextLong();
      case 3 -> decimal(random.nextInt(), 2).replaceAll("[()]", "");
      case 4 -> string(text(random, 6));
      case 5 ->
          random
              .ints(random.nextInt(4))
              .mapToObj(i -> document(random, depth - 1))
              .collect(Collectors.joining(", ", "[", "]"));
      default ->
          random
              .ints(random.nextInt(4))
              .mapToObj(i -> string(text(random, 3) + i) + ": " + document(random, depth - 1))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String string(String text) {
    return "\""
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\u0001", "\\u0001")
        + "\"";
  }
}
