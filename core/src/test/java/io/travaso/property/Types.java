package io.travaso.property;

import java.util.List;
import java.util.stream.Stream;

/** The types that random tables are made of, the plain ones first. */
final class Types {
  /** What has to be there before the tables. */
  static final List<String> SETUP =
      List.of(
          "CREATE TYPE \"Odd \"\"Mood\" AS ENUM ('sad', 'it''s \"ok\", {NULL}', '', '\\N', 'è', 'A')",
          "CREATE TYPE pair AS (a int, b text)",
          "CREATE TYPE \"numeric.pair\" AS (a numeric, b \"Odd \"\"Mood\")",
          "CREATE TYPE floatrange AS RANGE (subtype = float8)",
          "CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)",
          "CREATE DOMAIN exact AS numeric");

  /** And where the server has what it takes. */
  static final List<String> EXTENSIONS = List.of("citext", "hstore");

  static final String COLLATION =
      "CREATE COLLATION \"any case\" (provider = icu, locale = 'und-u-ks-level2', deterministic = false)";

  private static final String ODD = "a\tb\nc\rd\be\ff\u000bg";

  /** How many of {@link #BUILT_IN} are what most columns in the world are. */
  static final int USUAL = 6;

  private static final List<Type> BUILT_IN =
      List.of(
          Type.of("integer", "0", "-2147483648", "2147483647").more(n -> "" + (n + 1)),
          Type.of(
                  "text",
                  "a",
                  "",
                  " ",
                  "\\N",
                  "\\",
                  "NULL",
                  ODD,
                  "'\"`$1 ? :x",
                  "😀 e\u0301 é\u2028",
                  "\\.",
                  "{\"$json\": 1}",
                  "A",
                  "\u00ff",
                  "\u0001\u007f",
                  "null",
                  "[",
                  "</script>")
              .more(n -> "text " + n),
          Type.of("bigint", "0", "-9223372036854775808", "9223372036854775807", "9007199254740993")
              .more(n -> "" + (n + 1)),
          Type.of("numeric(12,2)", "0", "0.10", "NaN", "-9999999999.99").more(n -> "" + (n + 1)),
          Type.of(
                  "timestamptz",
                  "2024-10-27 02:30:00.123456+02",
                  "infinity",
                  "-infinity",
                  "0044-03-15 10:00:00+00 BC",
                  "294276-12-31 23:59:59.999999+00",
                  "2024-10-27 02:30:00.123456+01",
                  "9999-12-31 23:59:59.999999+00")
              .more(
                  n ->
                      "2024-01-01 00:00:00+00"
                          .replace(":00:", ":%02d:".formatted(n % 60))
                          .replace("2024", "" + (2024 + n / 60))),
          Type.of("boolean", "true", "false"),
          Type.of("smallint", "0", "-32768", "32767").more(n -> "" + (n + 1)),
          Type.of(
                  "numeric",
                  "0¦0.00¦0.0",
                  "1.1¦1.10¦1.100",
                  "NaN",
                  "-1e-40",
                  "123456789012345678901234567890.5",
                  "1e20¦100000000000000000000.0")
              .more(n -> n + 2 + ".5"),
          Type.of("numeric(5,-2)", "0", "100", "-9999900").since(15),
          Type.of("numeric", "Infinity", "-Infinity", "1¦1.0").since(14),
          Type.of(
                  "real",
                  "0¦-0",
                  "NaN",
                  "Infinity",
                  "-Infinity",
                  "3.4028235e38",
                  "1e-45",
                  "16777217",
                  "0.1")
              .more(n -> n + 1 + ".25"),
          Type.of(
                  "double precision",
                  "0¦-0",
                  "NaN",
                  "Infinity",
                  "-Infinity",
                  "5e-324",
                  "1.7976931348623157e308",
                  "0.30000000000000004",
                  "0.1")
              .more(n -> n + 1 + ".25"),
          Type.of("varchar(10)", "abc", "abc  ", "", "\\N", "è€😀").more(n -> "v" + n),
          Type.of("char(5)", "abc¦abc  ", "", "è", "\\N").more(n -> "c" + n),
          Type.of("bpchar", "abc¦abc  ¦abc ", "¦ ", "\t").more(n -> "b" + n),
          Type.of("\"char\"", "x", "", "\\"),
          Type.of("name", "x", "a.b", "\"").more(n -> "name " + n),
          Type.of("text COLLATE \"C\"", "é", "e", "Z").more(n -> "t" + n),
          Type.of("bytea", "\\x", "\\x00", "\\x5c4e0a09ff", "\\x5c78")
              .more(n -> "\\x01%04x".formatted(n)),
          Type.of(
                  "uuid",
                  "00000000-0000-0000-0000-000000000000",
                  "ffffffff-ffff-ffff-ffff-ffffffffffff")
              .more(n -> "a0eebc99-9c0b-4ef8-bb6d-%012x".formatted(n)),
          Type.of(
                  "date",
                  "2024-02-29",
                  "infinity",
                  "-infinity",
                  "0044-03-15 BC",
                  "5874897-12-31",
                  "4714-11-24 BC")
              .more(n -> (1000 + n) + "-01-31"),
          Type.of("time", "00:00", "24:00", "23:59:59.999999")
              .more(n -> "10:%02d:%02d.5".formatted(n / 60 % 60, n % 60)),
          Type.of("timetz", "00:00+14", "24:00-12", "12:00:00.000001+01", "11:00:00.000001+00"),
          Type.of(
                  "timestamp",
                  "2024-03-31 02:30:00.123456",
                  "infinity",
                  "-infinity",
                  "4713-01-01 00:00:00 BC",
                  "294276-12-31 23:59:59.999999",
                  "0001-01-01 00:00:00")
              .more(n -> (3000 + n) + "-05-05 05:05:05"),
          Type.of("timestamp(3)", "2024-03-31 02:30:00.123", "2024-03-31 02:30:00.12")
              .more(n -> (3000 + n) + "-05-05 05:05:05"),
          Type.of(
                  "interval",
                  "1 day¦24:00",
                  "1 mon¦30 days¦720:00",
                  "-1 years +2 mons -3 days +04:05:06.000007",
                  "0¦1 day -24:00",
                  "178000000 years",
                  "-00:00:00.000001")
              .more(n -> n + " hours 1 minute"),
          Type.of("interval", "infinity", "-infinity", "1 day¦24:00").since(17),
          Type.of("money", "0.01", "-92233720368547758.08", "92233720368547758.07")
              .more(n -> "" + (n + 1)),
          Type.of("inet", "1.2.3.4¦1.2.3.4/32", "1.2.3.4/24", "::1", "fe80::1/64", "::ffff:1.2.3.4")
              .more(n -> "10.0.0." + n % 256),
          Type.of("cidr", "1.2.3.0/24", "::/0", "0.0.0.0/0"),
          Type.of("macaddr", "08:00:2b:01:02:03")
              .more(n -> "08:00:2b:02:%02x:%02x".formatted(n / 256, n % 256)),
          Type.of("macaddr8", "08:00:2b:01:02:03:04:05")
              .more(n -> "08:00:2b:02:02:02:%02x:%02x".formatted(n / 256, n % 256)),
          Type.of("bit(3)", "000", "101", "111"),
          Type.of("varbit", "", "1", "10101", "0").more(n -> "11" + Integer.toBinaryString(n)),
          Type.of("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF").more(n -> "16/%X".formatted(n + 1)),
          Type.of("int4range", "empty", "[1,5)¦[1,4]", "(,)", "[5,)")
              .more(n -> "[%d,)".formatted(n + 6)),
          Type.of("numrange", "[1.0,2)¦[1.00,2)", "empty", "(,0]", "[1.0,2]"),
          Type.of(
              "tstzrange",
              "[\"2024-01-01 00:00:00.5+00\",infinity)",
              "(-infinity,infinity)",
              "empty"),
          Type.of("daterange", "[2024-01-01,2024-02-01)", "empty", "(,)"),
          Type.of("floatrange", "[0.1,0.30000000000000004)", "[-0,1)¦[0,1)", "empty"),
          Type.of("int4multirange", "{}", "{[1,3),[5,8)}").since(14),
          Type.of("tsvector", "'a':1A,2 'it''s':3", "", "'\\\\':1"),
          Type.of("tsquery", "'a' & !'b c'", ""),
          Type.of("integer[]", "{}", "{NULL}", "[0:1]={1,2}", "{{1,2},{3,4}}", "{1,2}")
              .more(n -> "{%d,7}".formatted(n)),
          Type.of(
              "text[]",
              "{}",
              "{NULL}",
              "{\"NULL\",\"a,b\",\"\\\"\\\\ {}\"}",
              "{\"\"}",
              "{\"\t\n\"}"),
          Type.of("numeric[]", "{1.0}¦{1.00}", "{NULL,1e-10}", "{}"),
          Type.of("double precision[]", "{0}¦{-0}", "{NaN}"),
          Type.of("timestamptz[]", "{infinity,\"2024-01-01 00:00:00+00\"}", "{}"),
          Type.of(
                  "jsonb",
                  "null",
                  "{\"b\": 1.0}¦{\"b\": 1.00}",
                  "{\"$json\": null}",
                  "{\"$json\": 1}",
                  "{\"$json\": {\"$json\": 1}}",
                  "{\"\\u0024json\": 2, \"a\": 3}",
                  "[]",
                  "{}",
                  "\"x\\u0001\\\\\\\"\"",
                  "\"\"",
                  "[1e400, 9007199254740993, -0.0, 1.10]",
                  "{\"\": {\"a\": [null, true, false, \"\\n\\t/\"]}}",
                  "[[[[[[]]]]]]",
                  "true")
              .more(n -> "" + (n + 1)),
          Type.of("jsonb[]", "{NULL,\"null\",\"{\\\"a\\\": 1.0}\"}", "{}"),
          Type.of("\"Odd \"\"Mood\"", "sad", "it's \"ok\", {NULL}", "", "\\N", "è", "A"),
          Type.of("\"Odd \"\"Mood\"[]", "{sad,\"it's \\\"ok\\\", {NULL}\"}", "{}", "{\"\"}"),
          Type.of("percent", "0", "100").more(n -> "" + (n % 99 + 1)),
          Type.of("exact", "1.0¦1.00", "2").more(n -> n + 3 + ".0"),
          Type.of("pair", "(1,\"a,b\")", "(,)", "(1,\"\")", "(1,)", "(,\"\\\\\")")
              .more(n -> "(%d,\"\"\"\")".formatted(n)),
          Type.of("pair[]", "{\"(1,\\\"a,b\\\")\",NULL}", "{}"),
          Type.of("\"numeric.pair\"", "(1.0,sad)¦(1.00,sad)", "(2,)"),
          Type.of(
                  "json",
                  "null",
                  "{\"b\":1 , \"a\":2,\"b\":\"\\u0000\"}",
                  "[1.0,\n1.00]",
                  "\"x\"",
                  "  1",
                  "[1,\t2]")
              .noKey(),
          Type.of("json[]", "{\"[1,  2]\",NULL}", "{}").noKey(),
          Type.of("point", "(0,-0)", "(1e300,5e-324)", "(NaN,Infinity)").noKey(),
          Type.of("line", "{1,-1,0}").noKey(),
          Type.of("lseg", "[(0,0),(1,1)]", "[(1,1),(0,0)]").noKey(),
          Type.of("box", "(1,1),(0,0)", "(2,2),(1.5,0)").noKey(),
          Type.of("path", "((0,0),(1,1))", "[(0,0),(1,1)]").noKey(),
          Type.of("polygon", "((0,0),(1,1),(2,0))").noKey(),
          Type.of("circle", "<(0,0),1>", "<(0,0),0>").noKey(),
          Type.of("point[]", "{\"(1,2)\",NULL}", "{}").noKey(),
          Type.of("jsonpath", "$.\"a\"[*]?(@ > 1)", "$").noKey(),
          Type.of("txid_snapshot", "1:1:", "1:20:3,5").noKey(),
          Type.of("xid8", "0", "18446744073709551615").noKey().since(13));

  private static final List<Type> OF_EXTENSIONS =
      List.of(
          Type.of("citext", "Abc¦abc¦ABC", "", "è¦È", "\\N").more(n -> "ci" + n),
          Type.of(
              "hstore", "", "\"a\"=>NULL", "\"a\"=>\"NULL\"", "\"a\"=>\"1\", \"\\\"\"=>\"\\\\\""));

  private static final List<Type> OF_ICU =
      List.of(Type.of("text COLLATE \"any case\"", "Abc¦abc¦ABC", "", "è¦È").more(n -> "ci" + n));

  private Types() {}

  static List<Type> of(int version, boolean extensions, boolean icu) {
    return Stream.of(
            BUILT_IN, extensions ? OF_EXTENSIONS : List.<Type>of(), icu ? OF_ICU : List.<Type>of())
        .flatMap(List::stream)
        .filter(t -> t.since() <= version)
        .toList();
  }
}
