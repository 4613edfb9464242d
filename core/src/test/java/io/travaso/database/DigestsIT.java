package io.travaso.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on PostgreSQL. */
class DigestsIT extends DigestsContract {

  DigestsIT() {
    super(Engine.POSTGRESQL);
  }

  @Override
  String numbers(int count) {
    return "generate_series(1, " + count + ") AS g (k)";
  }

  @Override
  String day() {
    return "date '2020-01-01' + k";
  }

  @Override
  String retyped(String table, String column, String type) {
    return "ALTER TABLE %s ALTER %s TYPE %s".formatted(table, column, type);
  }

  private static Type of(String type, String... values) {
    return new Type(
        type,
        List.of(values).stream()
            .map(v -> v.equals("NULL") ? v : "'" + v.replace("'", "''") + "'")
            .toList());
  }

  /** PostgreSQL's own hashes see 32 bits of a number, and no sign. */
  static List<Type> numbers() {
    return List.of(
        of("smallint", "-32768", "-1", "0", "1", "32767", "NULL"),
        of("int", "-2147483648", "-1", "0", "1", "2147483647", "NULL"),
        of(
            "bigint",
            "0",
            "1",
            "-1",
            "-2",
            "4294967296",
            "-4294967297",
            "8589934593",
            "9223372036854775807",
            "-9223372036854775808"),
        of("numeric(12,2)", "0", "1", "-1", "10000", "-10000", "0.0100", "100000000", "NaN"),
        of("numeric", "1.0", "1.00", "-1.0", "10000", "1e8", "0", "0.0", "NaN", "1e-40", "NULL"),
        of(
            "timestamp",
            "2000-01-01 00:00:00.000001",
            "2000-01-01 01:11:34.967296",
            "1999-12-31 23:59:59.999999",
            "infinity",
            "-infinity",
            "4713-01-01 00:00:00 BC",
            "294276-12-31 23:59:59.999999",
            "NULL"),
        of(
            "timestamptz",
            "2000-01-01 00:00:00.000001+00",
            "2000-01-01 01:11:34.967296+00",
            "2024-10-27 02:30:00.123456+02",
            "2024-10-27 02:30:00.123456+01",
            "infinity",
            "-infinity",
            "NULL"),
        of("timestamp(0)", "2024-01-01", "2024-01-01 00:00:01", "1969-12-31 23:59:59"),
        of("date", "infinity", "-infinity", "0044-03-15 BC", "5874897-12-31", "2000-01-01", "NULL"),
        of("boolean", "true", "false", "NULL"),
        of("float8", "NaN", "-0", "0", "Infinity", "5e-324", "0.1", "0.30000000000000004"),
        of("float4", "NaN", "-0", "0", "-Infinity", "1.17549435e-38", "16777217", "0.1"));
  }

  static List<Type> others() {
    return List.of(
        of("text", "", " ", "NULL", "\\N", "0", "a", "A", "a ", "e\u0301", "\u00e9", "a\tb\n"),
        of("varchar(5)", "abc", "abc  ", "", "NULL"),
        of("char(5)", "abc", "ABC", "", "NULL"),
        of("bpchar", "abc", "abc  ", "NULL"),
        of("bytea", "\\x", "\\x00", "\\x0000", "\\x00ff5c0a09", "NULL"),
        of("bit(3)", "101", "000", "NULL"),
        of("varbit", "", "0", "00", "NULL"),
        of("time", "00:00", "24:00", "23:59:59.999999", "01:11:34.967296", "00:00:00.000001"),
        of("timetz", "00:00+14", "24:00-12", "12:00:00+01", "11:00:00+00"),
        of("interval", "24:00", "1 day", "1 mon", "30 days", "NULL"),
        of("money", "-0.01", "0.01", "NULL"),
        of("uuid", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
        of("json", "null", "{\"b\":1 , \"a\":2,\"b\":\"\\u0000\"}", "[1.0]", "[1.00]", "NULL"),
        of("jsonb", "null", "{\"b\": 1.0}", "{\"b\": 1.00}", "\"\"", "NULL"),
        of("inet", "1.2.3.4", "1.2.3.4/24", "::1", "NULL"),
        of("int4range", "empty", "[1,5)", "(,)", "NULL"),
        of("numrange", "[1.0,2.00]", "[1.00,2.0]"),
        of("int[]", "{}", "{1,NULL,3}", "[0:1]={1,2}", "{1,2}", "NULL"),
        of("text[]", "{NULL}", "{\"NULL\"}", "{\"\"}", "{}"),
        of("float8[]", "{-0}", "{0}", "{NaN}"),
        of("point", "(0.1,-0)", "(0.1,0)", "NULL"));
  }

  @ParameterizedTest
  @MethodSource({"numbers", "others"})
  void everyValueIsTold(Type type) {
    tellsValuesApart(type);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void noTwoChangesAreNone(Type type) {
    changesDoNotCancelEachOther(type);
  }

  @Test
  void spellingsThatAreOneKeyAreTwoValues() {
    try (DigestedTable t = table("id int PRIMARY KEY")) {
      t.database.executeAsAdmin(
          "CREATE EXTENSION IF NOT EXISTS citext",
          "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic ="
              + " false)");
      t.execute("ALTER TABLE t ADD v citext, ADD w text COLLATE blind");
      t.execute("INSERT INTO t VALUES (1, 'a', 'a'), (2, 'A', 'a'), (3, 'a', 'A')");
      assertThat(t.rows("t").values()).doesNotHaveDuplicates();
    }
    try (DigestedTable t = table("id int PRIMARY KEY")) {
      t.database.executeAsAdmin("CREATE EXTENSION IF NOT EXISTS citext");
      for (String name : List.of("t", "s")) {
        t.execute("ALTER TABLE %1$s DROP id, ADD k citext PRIMARY KEY, ADD v int".formatted(name));
      }
      t.execute(
          "INSERT INTO t VALUES ('a', 1), ('b', 1)", "INSERT INTO s VALUES ('A', 1), ('b', 1)");
      assertThat(t.rows("t").keySet()).isEqualTo(t.rows("s").keySet());
      assertThat(t.rows("t")).isNotEqualTo(t.rows("s"));
    }
  }

  @Test
  void theSessionsFormatsChangeNothing() {
    try (DigestedTable t =
        table("id int PRIMARY KEY, a timestamptz, b date, c float8, d timestamp, e bytea")) {
      t.execute(
          "INSERT INTO t VALUES (1, '2024-10-27 02:30:00.123456+02', '2024-02-29', 0.1, now(),"
              + " 'x')",
          "INSERT INTO s SELECT * FROM t");
      var rows = t.rows("t");
      String name = t.database.name();
      t.execute(
          "ALTER DATABASE " + name + " SET TimeZone = 'Asia/Tokyo'",
          "ALTER DATABASE " + name + " SET DateStyle = 'German'",
          "ALTER DATABASE " + name + " SET extra_float_digits = -15",
          "ALTER DATABASE " + name + " SET bytea_output = 'escape'");
      try (var other = t.reconnected()) {
        assertThat(t.rows(other, "s")).isEqualTo(rows);
      } finally {
        t.execute("ALTER DATABASE " + name + " RESET ALL");
      }
    }
  }
}
