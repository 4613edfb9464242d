package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every value arrives as it was, as text; and values that are equal only to the eye still differ.
 */
class ValuesIT {
  /** A type, and values at its edges; what needs types of its own makes them below. */
  private static final List<List<String>> TYPES =
      List.of(
          List.of("bool", "true", "false"),
          List.of("int2", "-32768", "32767"),
          List.of("int4", "-2147483648", "2147483647"),
          List.of("int8", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
          List.of(
              "numeric",
              "NaN",
              "1.10",
              "1.1",
              "0",
              "-0.000",
              "1e-40",
              "123456789012345678901234567890.12345678901234567890"),
          List.of("numeric(12,2)", "NaN", "0.10", "-9999999999.99"),
          List.of(
              "float4",
              "NaN",
              "-0",
              "0",
              "Infinity",
              "-Infinity",
              "1.17549435e-38",
              "0.1",
              "16777217"),
          List.of(
              "float8",
              "NaN",
              "-0",
              "0",
              "Infinity",
              "-Infinity",
              "5e-324",
              "0.30000000000000004",
              "0.1"),
          List.of(
              "text",
              "",
              " ",
              "NULL",
              "\\N",
              "\\",
              "a\tb\nc\rd\be\ff",
              "😀 é e\u0301 \u2028",
              "'; DROP TABLE t; --",
              "$1 ? :x"),
          List.of("varchar(5)", "abc", "abc  ", ""),
          List.of("char(5)", "abc", ""),
          List.of("bpchar", "abc", "abc  "),
          List.of("\"char\"", "x", ""),
          List.of("name", "x"),
          List.of("bytea", "\\x", "\\x00ff5c0a09", "\\x5c4e"),
          List.of("bit(3)", "101", "000"),
          List.of("varbit", "", "1", "10101"),
          List.of("date", "infinity", "-infinity", "0044-03-15 BC", "5874897-12-31", "2024-02-29"),
          List.of("time", "00:00", "24:00", "23:59:59.999999"),
          List.of("timetz", "00:00+14", "24:00-12", "12:00:00.000001+01"),
          List.of(
              "timestamp",
              "infinity",
              "-infinity",
              "4713-01-01 00:00:00 BC",
              "294276-12-31 23:59:59.999999",
              "2024-03-31 02:30:00.123456"),
          List.of(
              "timestamptz",
              "infinity",
              "0044-03-15 10:00:00+00 BC",
              "2024-10-27 02:30:00.123456+02",
              "2024-10-27 02:30:00.123456+01"),
          List.of(
              "interval",
              "24:00",
              "1 day",
              "1 mon",
              "30 days",
              "-1 years +2 mons -3 days +04:05:06.000007",
              "P1Y2M"),
          List.of("money", "-92233720368547758.08", "0.01"),
          List.of(
              "uuid",
              "00000000-0000-0000-0000-000000000000",
              "ffffffff-ffff-ffff-ffff-ffffffffffff"),
          List.of("json", "null", "{\"b\":1 , \"a\":2,\"b\":\"\\u0000\"}", "[1.0,\n1.00]", "\"x\""),
          List.of(
              "jsonb",
              "null",
              "{\"b\": 1.0}",
              "{\"b\": 1.00}",
              "[1e400, 9007199254740993]",
              "\"\""),
          List.of("xml", "<a b=\"1\">x</a>", "text <b/> &amp;", ""),
          List.of("inet", "1.2.3.4", "1.2.3.4/24", "::1", "fe80::1/64"),
          List.of("cidr", "1.2.3.0/24", "::/0"),
          List.of("macaddr", "08:00:2b:01:02:03"),
          List.of("macaddr8", "08:00:2b:01:02:03:04:05"),
          List.of("tsvector", "'a':1A 'fat':2B,4C", ""),
          List.of("tsquery", "'a' & !'b':*"),
          List.of("int4range", "empty", "[1,5)", "(,)", "[3,)"),
          List.of("numrange", "[1.0,2.00]", "[1.00,2.0]", "(1,NaN)"),
          List.of("tstzrange", "[\"2024-01-01 00:00:00+00\",infinity)"),
          List.of("int[]", "{}", "{1,NULL,3}", "[0:1]={1,2}", "{{1,2},{3,4}}"),
          List.of("text[]", "{NULL,\"NULL\",\"\",\"a,b\",\"\\\"\\\\\"}", "{}"),
          List.of("numeric[]", "{1.0,1.00}", "{1.00,1.0}"),
          List.of("float8[]", "{-0,0,NaN}", "{0,-0,NaN}"),
          List.of("point", "(0.1,-0)", "(NaN,Infinity)"),
          List.of("line", "{1,-1,0}"),
          List.of("lseg", "[(0,0),(1,1)]"),
          List.of("box", "(1,1),(0,0)", "(2,2),(0,0)"),
          List.of("path", "[(0,0),(1,1)]", "((0,0),(1,1))"),
          List.of("polygon", "((0,0),(1,1),(1,0))"),
          List.of("circle", "<(0,0),1>", "<(1,0),1>"),
          List.of("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF"),
          List.of("jsonpath", "$.\"a\"[*]?(@ > 1)"),
          List.of("regclass", "pg_class", "t"),
          List.of("mood", "sad", "it's \"ok\", {NULL}"),
          List.of("mood[]", "{sad,\"it's \\\"ok\\\", {NULL}\"}"),
          List.of("pair", "(1,\"a,b\")", "(,)", "(1,\"\")", "(1,)"),
          List.of("pair[]", "{\"(1,\\\"a,b\\\")\",NULL}"),
          List.of("percent", "0", "100"),
          List.of("exact", "1.0", "1.00"),
          List.of("floatrange", "[0.1,0.30000000000000004)", "[-0,1)", "[0,1)"));

  private static final String[] SCHEMA = {
    "CREATE TYPE mood AS ENUM ('sad', 'it''s \"ok\", {NULL}')",
    "CREATE TYPE pair AS (a int, b text)",
    "CREATE TYPE floatrange AS RANGE (subtype = float8)",
    "CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)",
    "CREATE DOMAIN exact AS numeric NOT NULL DEFAULT 0"
  };

  private static String table() {
    StringBuilder columns = new StringBuilder("CREATE TABLE t (id int PRIMARY KEY");
    for (int i = 0; i < TYPES.size(); i++) {
      columns.append(", c").append(i).append(' ').append(TYPES.get(i).get(0));
    }
    return columns.append(')').toString();
  }

  /** The n-th row: the n-th value of each type, or NULL where it has none. */
  private static String row(int id, int n) {
    StringBuilder row = new StringBuilder("INSERT INTO t VALUES (" + id);
    for (List<String> type : TYPES) {
      String rest = type.get(0).equals("exact") ? "7" : null;
      String value = n < type.size() ? type.get(n) : rest;
      row.append(", ").append(value == null ? "NULL" : '\'' + value.replace("'", "''") + '\'');
    }
    return row.append(')').toString();
  }

  private static final int ROWS = 10;

  private static Pair types() {
    return Pair.of(SCHEMA).both(table());
  }

  @Test
  void arriveWhenCreated() {
    try (Pair pair = types()) {
      for (int n = 1; n <= ROWS; n++) {
        pair.source(row(n, n));
      }

      pair.merges("t +" + ROWS + " ~0 -0 =0 *0");

      assertThat(pair.rows("t"))
          .isEqualTo(pair.source.rows("SELECT t::text FROM t ORDER BY t::text COLLATE \"C\""));
    }
  }

  @Test
  void arriveWhenUpdated() {
    try (Pair pair = types()) {
      for (int n = 1; n <= ROWS; n++) {
        pair.source(row(n, n)).target(row(n, n % ROWS + 1));
      }

      pair.replaces("t +0 ~" + ROWS + " -0 =0 *0");
    }
  }

  @Test
  void differInEachColumnByItself() {
    try (Pair pair = types()) {
      StringBuilder kept = new StringBuilder();
      for (int i = 0; i < TYPES.size(); i++) {
        int last = TYPES.get(i).size() - 1;
        pair.source(row(i, last)).target(row(i, last));
        if (last > 1) {
          String before = "'" + TYPES.get(i).get(last - 1).replace("'", "''") + "'";
          kept.append("UPDATE t SET c%d = %s WHERE id = %d;".formatted(i, before, i));
        }
      }
      pair.target(kept.toString());
      long changed = TYPES.stream().filter(t -> t.size() > 2).count();
      // "abc" and "abc  " are one char(5); all other pairs of neighbours differ.
      pair.replaces("t +0 ~%d -0 =%d *0".formatted(changed, TYPES.size() - changed));
    }
  }

  @Test
  void nullAndEmptyAreTwoThings() {
    try (Pair pair =
        Pair.of("CREATE TABLE t (id int PRIMARY KEY, a text, b int[], c jsonb, d json, e bytea)")) {
      pair.source(
          "INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL, NULL), (2, '', '{}', 'null', 'null', '')");
      pair.target(
          "INSERT INTO t VALUES (1, '', '{}', 'null', 'null', ''), (2, NULL, NULL, NULL, NULL, NULL)");

      pair.replaces("t +0 ~2 -0 =0 *0");
    }
  }

  @Test
  void extensionTypes() {
    try (Pair pair = Pair.of()) {
      pair.admin("CREATE EXTENSION hstore", "CREATE EXTENSION citext");
      pair.both("CREATE TABLE t (id int PRIMARY KEY, h hstore, c citext)");
      pair.source("INSERT INTO t VALUES (1, 'a=>NULL, b=>\"NULL\"', 'Abc'), (2, '', 'x')");
      pair.target("INSERT INTO t VALUES (1, 'a=>\"NULL\", b=>NULL', 'Abc'), (2, '', 'X')");

      pair.replaces("t +0 ~2 -0 =0 *0");
    }
  }

  @Test
  void largeOnes() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY, a text, b bytea, c jsonb)")) {
      pair.source(
          "INSERT INTO t SELECT n, repeat('x\t\\é', 100000 * n), decode(repeat('00ff', 100000), 'hex'),"
              + " jsonb_build_object('k', repeat('v', 300000)) FROM generate_series(1, 3) AS n");
      pair.target("INSERT INTO t VALUES (1, 'small')");

      pair.replaces("t +2 ~1 -0 =0 *0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'CREATE DOMAIN d AS int', 'ALTER DOMAIN d ADD CONSTRAINT small CHECK (VALUE < 5000)', d, 7777, small",
    "'SELECT', 'ALTER TABLE t ALTER v TYPE smallint', int, 77777, v",
    "'SELECT', 'ALTER TABLE t ALTER v TYPE varchar(3)', text, secret, v",
    "'SELECT', 'ALTER TABLE t ALTER v TYPE date USING NULL', text, secret, v",
    "'CREATE TYPE e AS ENUM (''secret'', ''b'')', 'ALTER TYPE e RENAME VALUE ''secret'' TO ''c''', e, secret, v"
  })
  @Holds(value = "G3", as = Outcome.REFUSED)
  void thatTheTargetsTypeRefuses(
      String before, String after, String type, String value, String named) {
    try (Pair pair = Pair.of(before)) {
      pair.both("CREATE TABLE t (id int PRIMARY KEY, v " + type + ")").target(after);
      pair.source(
          "INSERT INTO t (id) VALUES (1), (2)", "INSERT INTO t VALUES (3, '" + value + "')");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("public.t", "row 3", named);
      assertThat(Pair.text(failure)).doesNotContain(value);
    }
  }
}
