package io.travaso.property;

import java.util.List;

/** The types that random tables are made of on MariaDB, the plain ones first. */
final class MariaDbTypes {
  private static final String ODD = "x\tb\nc\rd\be\ff\u000bg";
  private static final String BYTES = "x'%s'";
  private static final String BITS = "b'%s'";

  private static final List<Type> TYPES =
      List.of(
          Type.of("int", "0", "-2147483648", "2147483647").more(n -> "" + (n + 1)),
          // Neither case nor accents nor blanks at the end make a difference.
          Type.of(
                  "varchar(100)",
                  "a¦A¦á¦a ",
                  "¦ ",
                  "\\N",
                  "\\",
                  "NULL¦null",
                  ODD,
                  "'\"`$1 ? :x",
                  "😀¦😁",
                  "\\.",
                  "{\"$json\": 1}",
                  "\u0001\u007f",
                  "[",
                  "</script>")
              .more(n -> "text " + n),
          Type.of("bigint", "0", "-9223372036854775808", "9223372036854775807", "9007199254740993")
              .more(n -> "" + (n + 1)),
          Type.of("decimal(12,2)", "0", "0.10", "-9999999999.99").more(n -> "" + (n + 1)),
          Type.of(
                  "datetime(6)",
                  "2024-03-31 02:30:00.123456",
                  "0000-00-00 00:00:00",
                  "9999-12-31 23:59:59.999999",
                  "2024-00-00 00:00:00",
                  "0001-01-01 00:00:00")
              .more(n -> (3000 + n) + "-05-05 05:05:05"),
          Type.of("tinyint(1)", "0", "1", "2", "-128", "127"),
          Type.of("smallint", "0", "-32768", "32767").more(n -> "" + (n + 1)),
          Type.of("mediumint unsigned", "0", "16777215").more(n -> "" + (n + 1)),
          Type.of("int unsigned", "0", "4294967295").more(n -> "" + (n + 1)),
          Type.of("bigint unsigned", "0", "18446744073709551615", "9223372036854775808")
              .more(n -> "" + (n + 1)),
          Type.of(
                  "decimal(65,30)",
                  "0",
                  "-0.000000000000000000000000000001",
                  "99999999999999999999999999999999999.999999999999999999999999999999")
              .more(n -> n + 1 + ".5"),
          Type.of("float", "0¦-0", "3.40282e38", "16777217", "0.1").more(n -> n + 1 + ".25"),
          Type.of(
                  "double",
                  "0¦-0",
                  "5e-324",
                  "1.7976931348623157e308",
                  "0.30000000000000004",
                  "0.1")
              .more(n -> n + 1 + ".25"),
          Type.of("varchar(10) COLLATE utf8mb4_bin", "abc¦abc  ", "ABC", "¦ ", "\\N", "è€😀")
              .more(n -> "v" + n),
          Type.of("varchar(10) COLLATE utf8mb4_nopad_bin", "abc", "abc  ", "", " ", "è")
              .more(n -> "v" + n),
          Type.of("varchar(10) CHARACTER SET latin1", "é¦e¦E", "€", "", "ÿ").more(n -> "l" + n),
          Type.of("char(5)", "abc¦ABC", "", "ò", "\\N").more(n -> "c" + n),
          Type.of("text", "a¦A", "", ODD, "\\N", "😀").noKey(),
          Type.of("longtext COLLATE utf8mb4_bin", "a", "A", "a ", "", ODD).noKey(),
          Type.of("date", "2024-02-29", "0000-00-00", "9999-12-31", "2024-02-00")
              .more(n -> (1000 + n) + "-01-31"),
          Type.of("time", "00:00:00", "-838:59:59", "838:59:59")
              .more(n -> "10:%02d:%02d".formatted(n / 60 % 60, n % 60)),
          Type.of("time(6)", "-00:00:00.000001", "838:59:59.999999", "00:00:00")
              .more(n -> "10:%02d:%02d.5".formatted(n / 60 % 60, n % 60)),
          Type.of("datetime", "2024-03-31 02:30:00", "0000-00-00 00:00:00")
              .more(n -> (3000 + n) + "-05-05 05:05:05"),
          Type.of(
                  "timestamp(6)",
                  "1970-01-01 00:00:01.000000",
                  "2038-01-19 03:14:07.999999",
                  "2024-10-27 00:30:00.123456",
                  "0000-00-00 00:00:00")
              .more(n -> "2024-01-01 00:%02d:%02d".formatted(n / 60 % 60, n % 60)),
          Type.of("year", "0000", "1901", "2155", "2024"),
          Type.of("binary(4)", "00000000", "5c4e0a09", "41202020")
              .more("02%06x"::formatted)
              .form(BYTES),
          Type.of("varbinary(10)", "", "00", "5c78", "4120", "41")
              .more("03%06x"::formatted)
              .form(BYTES),
          Type.of("longblob", "", "00ff5c4e0a090d", "5c78").noKey().form(BYTES),
          Type.of("bit(3)", "000", "101", "111").form(BITS),
          Type.of("bit(64)", "0", "1".repeat(64), "1").form(BITS),
          Type.of(
              "enum('sad','it''s \"ok\", {NULL}','\\\\N','è','Z')",
              "sad",
              "it's \"ok\", {NULL}",
              "è",
              "Z"),
          Type.of("set('a','b','c d')", "", "a", "a,b", "c d"),
          Type.of(
                  "json",
                  "null",
                  "{\"b\":1 , \"a\":2,\"b\":\"x\"}",
                  "[1.0, 1.00]",
                  "\"x\"",
                  "[1e400, 9007199254740993, -0.0]",
                  "{\"$json\": null}",
                  "{}")
              .noKey(),
          Type.of(
                  "uuid",
                  "00000000-0000-0000-0000-000000000000",
                  "ffffffff-ffff-ffff-ffff-ffffffffffff")
              .more(n -> "a0eebc99-9c0b-4ef8-bb6d-%012x".formatted(n))
              .since(1007),
          Type.of("inet6", "::", "::1", "2001:db8::1", "::ffff:1.2.3.4"),
          Type.of("inet4", "0.0.0.0", "255.255.255.255", "10.0.0.1").since(1010),
          Type.of("point", "POINT(1 2)", "POINT(-0 1e300)").noKey().form("ST_GeomFromText('%s')"));

  private MariaDbTypes() {}

  /**
   * Those that a release has.
   *
   * @param version 1011 for 10.11
   */
  static List<Type> of(int version) {
    return TYPES.stream().filter(t -> t.since() <= version).toList();
  }
}
