package io.travaso.traps;

import java.util.List;

/**
 * Every type a column can have, and values at its edges.
 *
 * @param name as a column is declared
 * @param since the first version that has the type or takes these values
 * @param values each as the server takes it as text
 */
record Types(String name, int since, List<String> values) {

  private static Types of(String name, String... values) {
    return new Types(name, 12, List.of(values));
  }

  private static Types since(int version, String name, String... values) {
    return new Types(name, version, List.of(values));
  }

  /** What the columns' types need. */
  static final List<String> DEFINITIONS =
      List.of(
          "CREATE TYPE mood AS ENUM ('', 'sad', 'it''s \"ok\", {NULL}', 'NULL', E'\\\\N', 'ñ 表 😀')",
          "CREATE TYPE pair AS (a int, b text)",
          "CREATE TYPE nested AS (p pair, list pair[], at timestamptz, raw bytea)",
          "CREATE TYPE floatrange AS RANGE (subtype = float8)",
          "CREATE TYPE textrange AS RANGE (subtype = text, collation = \"C\")",
          "CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)",
          "CREATE DOMAIN exact AS numeric NOT NULL DEFAULT 0",
          "CREATE DOMAIN tags AS text[] CHECK (cardinality(VALUE) < 9)",
          "CREATE DOMAIN positive AS pair CHECK ((VALUE).a > 0)",
          "CREATE TYPE \"Odd \"\"Type\" AS ENUM ('a.b', '$1')");

  static List<Types> of(int version) {
    return ALL.stream().filter(t -> t.since <= version).toList();
  }

  private static final List<Types> ALL =
      List.of(
          of("bool", "true", "false"),
          of("int2", "-32768", "32767", "0"),
          of("int4", "-2147483648", "2147483647"),
          of("int8", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
          of(
              "numeric",
              "NaN",
              "1.10",
              "1.1",
              "0",
              "-0.000",
              "1e-40",
              "9".repeat(1000) + "." + "1".repeat(1000),
              "-" + "7".repeat(131072),
              "0." + "0".repeat(16382) + "1"),
          since(14, "numeric", "Infinity", "-Infinity"),
          of("numeric(12,2)", "NaN", "0.10", "-9999999999.99"),
          since(15, "numeric(3,-2)", "12300", "-99900"),
          of("numeric(1000,500)", "1." + "3".repeat(500)),
          of(
              "float4",
              "NaN",
              "-0",
              "0",
              "Infinity",
              "-Infinity",
              "1.17549435e-38",
              "1e-45",
              "3.4028235e38",
              "0.1",
              "16777217"),
          of(
              "float8",
              "NaN",
              "-0",
              "0",
              "Infinity",
              "-Infinity",
              "5e-324",
              "1.7976931348623157e308",
              "0.30000000000000004",
              "0.1"),
          of(
              "text",
              "",
              " ",
              "NULL",
              "\\N",
              "\\.",
              "\\",
              "a\tb\nc\rd\be\ff\u000bg\u0001\u007f",
              "😀 é e\u0301 \u2028 \ufeff \ufffd \u00a0",
              "'; DROP TABLE t; --",
              "$1 ? :x {\"$json\": null}"),
          of("varchar(5)", "abc", "abc  ", ""),
          of("char(5)", "abc", ""),
          of("bpchar", "abc", "abc  "),
          of("\"char\"", "x", "", "\\"),
          of("name", "x", "", "n".repeat(63)),
          of("bytea", "\\x", "\\x00ff5c0a09", "\\x5c4e"),
          of("bit(3)", "101", "000"),
          of("bit(70)", "1".repeat(70)),
          of("varbit", "", "1", "10".repeat(500)),
          of("date", "infinity", "-infinity", "4713-01-01 BC", "5874897-12-31", "2024-02-29"),
          of("time", "00:00", "24:00", "23:59:59.999999"),
          of("time(0)", "23:59:59"),
          of("timetz", "00:00+14", "24:00-12", "12:00:00.000001+01", "00:00+15:59:59"),
          of(
              "timestamp",
              "infinity",
              "-infinity",
              "4713-01-01 00:00:00 BC",
              "294276-12-31 23:59:59.999999",
              "0001-01-01",
              "2024-03-31 02:30:00.123456"),
          of(
              "timestamptz",
              "infinity",
              "-infinity",
              "4713-01-01 00:00:00+00 BC",
              "294276-12-31 23:59:59.999999+00",
              "0044-03-15 10:00:00+00 BC",
              "10000-01-01 00:00:00+00",
              "2024-10-27 02:30:00.123456+02",
              "2024-10-27 02:30:00.123456+01",
              "1890-01-01 00:00:00+00"),
          of(
              "interval",
              "24:00",
              "1 day",
              "1 mon",
              "30 days",
              "-1 years +2 mons -3 days +04:05:06.000007",
              "178000000 years",
              "-2147483648 days",
              "-1 us"),
          since(15, "interval", "2562047788:00:54.775807"),
          since(17, "interval", "infinity", "-infinity"),
          of("interval second(2)", "00:00:01.23"),
          of("money", "-92233720368547758.08", "92233720368547758.07", "0.01"),
          of(
              "uuid",
              "00000000-0000-0000-0000-000000000000",
              "ffffffff-ffff-ffff-ffff-ffffffffffff"),
          of(
              "json",
              "null",
              "{\"b\":1 , \"a\":2,\"b\":\"\\u0000\"}",
              "[1.0,\n1.00]",
              "\"\\ud83d\""),
          of(
              "jsonb",
              "null",
              "{\"b\": 1.0}",
              "{\"b\": 1.00}",
              "{\"$json\": null}",
              "[1e400, 9007199254740993, -0, 0.10]",
              "\"\"",
              "{\"\": {\"a\\n\\\"\": [[], {}, true]}}"),
          of("jsonpath", "$.\"a\"[*]?(@ > 1)", "strict $.**{2 to last}.\"\\\"\""),
          of("xml", "<a b=\"1\">x</a>", "text <b/> &amp;", "", "<?xml version=\"1.0\"?><a/>"),
          of("inet", "1.2.3.4", "1.2.3.4/24", "::1", "fe80::1/64", "::ffff:1.2.3.4/128"),
          of("cidr", "1.2.3.0/24", "::/0", "0.0.0.0/0"),
          of("macaddr", "08:00:2b:01:02:03"),
          of("macaddr8", "08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff"),
          of("tsvector", "'a':1A 'fat':2B,4C", "", "'it''s':16383 'a\\\\b' ' '"),
          of("tsquery", "'a' & !'b':*", "'a' <2> ( 'b':AB | 'c' )", ""),
          of("int4range", "empty", "[1,5)", "(,)", "[3,)"),
          of("int8range", "[-9223372036854775808,9223372036854775807)"),
          of("numrange", "[1.0,2.00]", "[1.00,2.0]", "(1,NaN)"),
          of("tsrange", "[\"2024-01-01 00:00:00\",infinity]", "(,infinity)"),
          of("tstzrange", "[\"2024-01-01 00:00:00+00\",infinity)", "[-infinity,)"),
          of("daterange", "[-infinity,infinity]", "empty"),
          since(14, "int4multirange", "{}", "{[1,5),[7,9)}", "{(,)}"),
          since(14, "nummultirange", "{[1.0,2.00]}", "{[1.00,2.0],(3,)}"),
          since(14, "tstzmultirange", "{[\"2024-01-01 00:00:00+00\",infinity)}"),
          since(14, "floatmultirange", "{[-0,1),[2,NaN]}", "{}"),
          since(14, "int4multirange[]", "{\"{[1,5)}\",NULL,\"{}\"}"),
          of("int[]", "{}", "{1,NULL,3}", "[0:1]={1,2}", "{{1,2},{3,4}}", "[-5:-5][2:3]={{1,2}}"),
          of("text[]", "{NULL,\"NULL\",\"\",\"a,b\",\"\\\"\\\\\"}", "{}", "{{a,b},{null,\"{}\"}}"),
          of("bytea[]", "{\"\\\\x00ff\",NULL,\"\\\\x\"}"),
          of("bool[]", "{t,f,NULL}"),
          of("numeric[]", "{1.0,1.00}", "{1.00,1.0}"),
          of("float8[]", "{-0,0,NaN}", "{0,-0,NaN}"),
          of("timestamptz[]", "{infinity,\"2024-01-01 00:00:00.000001+00\",NULL}"),
          of("jsonb[]", "{\"{\\\"a\\\": null}\",\"null\",NULL}"),
          of("box[]", "{(1,1),(0,0);(2,2),(1,1)}"),
          of("point", "(0.1,-0)", "(NaN,Infinity)", "(-Infinity,1e-300)"),
          of("line", "{1,-1,0}", "{0,-1,0.1}"),
          of("lseg", "[(0,0),(1,1)]", "[(NaN,Infinity),(0,-0)]"),
          of("box", "(1,1),(0,0)", "(2,2),(0,0)", "(Infinity,Infinity),(-Infinity,NaN)"),
          of("path", "[(0,0),(1,1)]", "((0,0),(1,1))"),
          of("polygon", "((0,0),(1,1),(1,0))", "((NaN,0))"),
          of("circle", "<(0,0),1>", "<(1,0),1>", "<(0,0),Infinity>"),
          of("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF"),
          of("txid_snapshot", "10:20:10,14,15", "1:1:"),
          since(13, "pg_snapshot", "10:20:10,14,15", "9223372036854775800:9223372036854775807:"),
          since(13, "xid8", "0", "18446744073709551615"),
          of("xid", "0", "4294967295"),
          of("cid", "0", "4294967295"),
          of("tid", "(0,0)", "(4294967295,65535)"),
          of("oid", "0", "4294967295"),
          of("oidvector", "", "1 2 4294967295"),
          of("int2vector", "", "-32768 7"),
          of("regclass", "pg_class", "t", "-"),
          of("regtype", "integer", "pair[]", "-"),
          of("regproc", "now", "-"),
          of("regprocedure", "abs(numeric)", "-"),
          of("regoper", "||/", "0"),
          of("regoperator", "+(integer,integer)", "0"),
          of("regrole", "postgres", "-"),
          of("regnamespace", "public", "pg_catalog"),
          of("regconfig", "english", "simple"),
          of("regdictionary", "simple"),
          since(13, "regcollation", "\"C\""),
          of("aclitem", "postgres=arwd*/postgres", "=r/postgres"),
          of("refcursor", "cursor", ""),
          of("mood", "", "sad", "it's \"ok\", {NULL}", "NULL", "\\N", "ñ 表 😀"),
          of("mood[]", "{sad,\"it's \\\"ok\\\", {NULL}\",\"NULL\",NULL,\"\"}"),
          of("\"Odd \"\"Type\"", "a.b", "$1"),
          of("\"Odd \"\"Type\"[]", "{a.b,$1}"),
          of("pair", "(1,\"a,b\")", "(,)", "(1,\"\")", "(1,)"),
          of("pair[]", "{\"(1,\\\"a,b\\\")\",NULL}"),
          of(
              "nested",
              "(,,,)",
              "(\"(1,\"\"x\"\")\",\"{\"\"(2,y)\"\",NULL}\",infinity,\"\\\\x00ff\")"),
          of("percent", "0", "100"),
          of("percent[]", "{1,NULL,100}"),
          of("exact", "1.0", "1.00"),
          of("tags", "{}", "{a,NULL,\"NULL\"}", "[5:5]={x}"),
          of("positive", "(1,)", "(2,\"a\\\\b\")"),
          of("floatrange", "[0.1,0.30000000000000004)", "[-0,1)", "[0,1)", "[NaN,NaN]"),
          of("textrange", "[a,\"b,c\")", "[\"\",\"\\\"\")", "empty", "(,)"));

  /** What extensions bring; each is tried where the server has it. */
  static final List<Types> OF_EXTENSIONS =
      List.of(
          of("hstore", "a=>NULL, b=>\"NULL\"", "", "\"\"=>\"\"", "\"a=>b\"=>\"\\\"\\\\\""),
          of("citext", "Abc", "ABC", "", "abc "),
          of("ltree", "a.b.c", ""),
          of("cube", "(1, -0),(3, 4)", "(NaN)", "()"),
          of("seg", "1.50 .. 2.0", "~6.5"),
          of("isbn13", "978-0-11-000533-1"),
          of("lo", "0"));
}
