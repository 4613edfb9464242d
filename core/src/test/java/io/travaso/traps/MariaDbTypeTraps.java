package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;

import io.travaso.testing.MariaDbServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type of MariaDB at its extremes, one row a value. */
abstract class MariaDbTypeTraps extends MariaDbTraps {

  MariaDbTypeTraps(MariaDbServer server) {
    super(server);
  }

  /**
   * A type and its values.
   *
   * @param since the first release that has it
   * @param values in SQL
   */
  private record Type(String name, int since, List<String> values) {

    static Type of(String name, String... values) {
      return new Type(name, 0, List.of(values));
    }

    static Type since(int version, String name, String... values) {
      return new Type(name, version, List.of(values));
    }
  }

  private static final List<Type> TYPES =
      List.of(
          Type.of("boolean", "TRUE", "FALSE", "127", "-128", "2"),
          Type.of("tinyint", "127", "-128", "0", "1"),
          Type.of("tinyint(1) unsigned", "255", "0", "1"),
          Type.of("tinyint(4) zerofill", "7", "255", "0"),
          Type.of("smallint", "-32768", "32767"),
          Type.of("smallint unsigned", "65535", "0"),
          Type.of("mediumint", "-8388608", "8388607"),
          Type.of("mediumint unsigned", "16777215", "0"),
          Type.of("int", "-2147483648", "2147483647"),
          Type.of("int(10) unsigned zerofill", "4294967295", "42", "0"),
          Type.of("bigint", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
          Type.of("bigint unsigned", "18446744073709551615", "9223372036854775808", "0"),
          Type.of("bigint unsigned zerofill", "18446744073709551615", "7"),
          Type.of("decimal(65,0)", "9".repeat(65), "-" + "9".repeat(65), "0"),
          Type.of(
              "decimal(65,30)",
              "9".repeat(35) + "." + "9".repeat(30),
              "-0." + "0".repeat(29) + "1",
              "1.10"),
          Type.of("decimal(30,30)", "0." + "1".repeat(30), "0"),
          Type.of("decimal(12,2) unsigned zerofill", "9999999999.99", "0.10", "0"),
          Type.of(
              "float",
              "16777216",
              "16777217",
              "0.1",
              "3.4028234663852886e38",
              "-1.17549435e-38",
              "1e-45",
              "-0e0",
              "0e0",
              "1.23456789"),
          Type.of("float unsigned", "16777216", "0.1"),
          Type.of("float(10,3)", "1234567.125", "0.1"),
          Type.of(
              "double",
              "1.7976931348623157e308",
              "-5e-324",
              "2.2250738585072014e-308",
              "0.1e0",
              "0.30000000000000004e0",
              "-0e0",
              "0e0",
              "9007199254740993e0",
              "1e22",
              "123456789012345680e0"),
          Type.of("double(20,5)", "123456789012345.12345", "0.1"),
          Type.of("bit(1)", "b'0'", "b'1'"),
          Type.of("bit(7)", "b'1000001'", "b'0'"),
          Type.of("bit(8)", "b'01011100'", "b'1001'", "b'11111111'"),
          Type.of(
              "bit(64)", "b'" + "1".repeat(64) + "'", "b'1'", "b'0'", "b'" + "10".repeat(32) + "'"),
          Type.of(
              "varchar(100)",
              "''",
              "' '",
              "'a  '",
              "'NULL'",
              "'\\\\N'",
              "'\\\\.'",
              "'\\\\'",
              "'a\\tb\\nc\\rd\\be\\Zf\\0g'",
              "'\\0'",
              "'😀 é e\u0301 \u2028 \ufeff \ufffd \u00a0'",
              "'''; DROP TABLE t; -- \"`'",
              "'$1 ? :x {\"$json\": null}'",
              "CHAR(1, 11, 127 USING utf8mb4)"),
          Type.of("varchar(20) COLLATE utf8mb4_bin", "'a'", "'A'", "'a '"),
          Type.of("varchar(20) COLLATE utf8mb4_nopad_bin", "'a'", "'A'", "'a '"),
          Type.of("varchar(20) COLLATE utf8mb4_unicode_ci", "'ß'", "'ss'", "'SS'", "'é'", "'e'"),
          Type.of("varchar(50) CHARACTER SET latin1", "'é'", "'€'", "'ÿ'", "'a'", "''"),
          Type.of("varchar(50) CHARACTER SET ascii", "'a'", "'A'"),
          Type.of("varchar(50) CHARACTER SET utf8mb3", "'表'", "'é'"),
          Type.of("varchar(50) CHARACTER SET utf16", "'表😀'", "'é'"),
          Type.of("varchar(50) CHARACTER SET ucs2", "'表'", "'é'"),
          Type.of("varchar(50) CHARACTER SET sjis", "'表'", "'a'"),
          Type.of("varchar(50) CHARACTER SET gbk", "'表'", "'運'"),
          Type.of("char(5)", "'abc'", "''", "'ABC'"),
          Type.of("char(5) COLLATE utf8mb4_bin", "'abc'", "'\\ta'"),
          Type.of("tinytext", "''", "'a\\tb'", "REPEAT('é', 127)"),
          Type.of("text", "''", "'a\\nb'", "REPEAT('x', 65535)"),
          Type.of("mediumtext", "''", "REPEAT('y', 200000)"),
          Type.of("longtext", "''", "' '", "REPEAT('z\\n', 200000)"),
          Type.of("binary(3)", "X'000000'", "X'5c4e00'", "X'ff0a09'"),
          Type.of(
              "varbinary(20)", "X''", "X'00'", "X'ff00'", "X'5c4e'", "X'0a09085c'", "'\\\\x61'"),
          Type.of("tinyblob", "X''", "X'00ff'"),
          Type.of("blob", "X''", "X'00ff5c0a09'", "REPEAT(X'00', 65535)"),
          Type.of("mediumblob", "X'00ff'", "REPEAT(X'ff5c', 100000)"),
          Type.of("longblob", "X''", "X'00'", "REPEAT(X'00ff5c0a09', 100000)"),
          Type.of(
              "date",
              "'0000-00-00'",
              "'2024-00-00'",
              "'2024-02-00'",
              "'1000-01-01'",
              "'9999-12-31'",
              "'0001-01-01'",
              "'2024-02-29'"),
          Type.of(
              "datetime",
              "'0000-00-00'",
              "'2024-00-00 10:00:00'",
              "'9999-12-31 23:59:59'",
              "'0001-01-01'"),
          Type.of(
              "datetime(6)",
              "'0000-00-00'",
              "'2024-02-00 10:00:00.123456'",
              "'9999-12-31 23:59:59.999999'",
              "'2024-01-01 10:00:00.5'"),
          Type.of("datetime(3)", "'2024-01-01 10:00:00.120'", "'2024-01-01 10:00:00'"),
          Type.of("timestamp NULL", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'", "0"),
          Type.of(
              "timestamp(6) NULL",
              "'1970-01-01 00:00:01.000001'",
              "'2038-01-19 03:14:07.999999'",
              "0"),
          Type.of("time", "'-838:59:59'", "'838:59:59'", "'00:00:00'", "'24:00:00'"),
          Type.of(
              "time(6)",
              "'-838:59:59.999999'",
              "'838:59:59.999999'",
              "'-00:00:00.000001'",
              "'12:30:00.5'"),
          Type.of("time(2)", "'12:30:00.50'", "'-12:30:00.05'"),
          Type.of("year", "0", "1901", "2155", "2000"),
          Type.of(
              "enum('', 'a', 'b,c', 'it''s', 'NULL', 'ñ 表 😀', '1')",
              "''",
              "'a'",
              "'b,c'",
              "'it''s'",
              "'NULL'",
              "'ñ 表 😀'",
              "'1'",
              "3"),
          Type.of("enum('x', 'y') CHARACTER SET latin1", "'x'", "'y'"),
          Type.of(
              "set('a', 'b', 'it''s', 'NULL', 'ñ 😀')",
              "''",
              "'a'",
              "'a,b'",
              "'it''s,NULL'",
              "'ñ 😀'",
              "31",
              "0"),
          Type.of(
              "json",
              "'{\"b\":1 , \"a\":2,\"b\":3}'",
              "'[1.0, 1.00, 1e5, 1E400, 9007199254740993]'",
              "'[1.0,\\n\\t1.00]'",
              "'null'",
              "' null '",
              "'\"\\\\u0000\\\\ud83d\\\\ude00😀\\\\/\"'",
              "'\"\"'",
              "'{}'",
              "'{\"$json\": null}'",
              "'{\"$text\": \"x\"}'"),
          Type.of(
              "geometry",
              "POINT(1, 2)",
              "ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 10,0 0))', 4326)"),
          Type.of("point", "POINT(-0.1, 1e300)", "ST_GeomFromText('POINT(1 2)', 4326)"),
          Type.of("linestring", "ST_GeomFromText('LINESTRING(0 0,1 1,2 2)')"),
          Type.of(
              "geometrycollection",
              "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))')"),
          Type.of(
              "inet6",
              "'::'",
              "'::1'",
              "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'",
              "'::ffff:1.2.3.4'"),
          Type.since(1010, "inet4", "'0.0.0.0'", "'255.255.255.255'"),
          Type.since(
              1007,
              "uuid",
              "'00000000-0000-0000-0000-000000000000'",
              "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
              "'123e4567-e89b-12d3-a456-426655440000'"));

  private static String row(int id, int column, String value) {
    return "INSERT INTO t%d (id, v) VALUES (%d, %s);".formatted(column, id, value);
  }

  /** Each value and NULL created from nothing, and written over each other. */
  private Crossing filled(List<Type> types) {
    // What exists with zeros in it was written in a looser mode than the tool's.
    String loose = "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';";
    Crossing crossing = crossing();
    int id = 0;
    for (int column = 0; column < types.size(); column++) {
      StringBuilder dev = new StringBuilder(loose);
      StringBuilder prod = new StringBuilder(loose);
      List<String> values = new ArrayList<>(types.get(column).values());
      values.add("NULL");
      for (String value : values) {
        dev.append(row(++id, column, value));
        for (String other : values) {
          dev.append(row(++id, column, value));
          prod.append(row(id, column, other));
        }
      }
      crossing
          .both(
              "CREATE TABLE t%d (id int PRIMARY KEY, v %s)"
                  .formatted(column, types.get(column).name()))
          .dev(dev.toString())
          .prod(prod.toString());
    }
    return crossing;
  }

  @Test
  @Holds(value = "M7", as = EXACT)
  void everyTypeAtItsExtremes() {
    filled(TYPES.stream().filter(t -> t.since() <= version()).toList()).arrivesWhole();
  }

  @Test
  @Holds(value = "M7", as = EXACT)
  void everyTypeAsAKey() {
    List<Type> keys =
        TYPES.stream()
            .filter(t -> t.since() <= version())
            .filter(
                t ->
                    !t.name()
                        .matches(
                            "(tiny|medium|long)?(text|blob)|json|.*float.*|.*double.*|geometry.*|point|linestring|.*NULL|.*_(unicode_)?c?i?"))
            .toList();
    Crossing crossing = crossing();
    for (int i = 0; i < keys.size(); i++) {
      StringBuilder rows = new StringBuilder("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';");
      for (String value : keys.get(i).values()) {
        // Of values that are one key the first.
        rows.append("INSERT IGNORE INTO k%d VALUES (%s, 'new');".formatted(i, value));
      }
      crossing
          .both(
              "CREATE TABLE k%d (k %s PRIMARY KEY, v varchar(5))".formatted(i, keys.get(i).name()))
          .dev(rows.toString())
          .prod(rows.toString().replace("new", "old"), "DELETE FROM k%d LIMIT 1".formatted(i));
    }
    crossing.arrivesWhole();
  }

  @Test
  @Holds(value = "M9", as = REFUSED)
  void whatDoesNotFitTheTargetsType() {
    for (String[] types :
        new String[][] {
          {"varchar(20)", "varchar(3)", "'secret'"},
          {"int", "tinyint", "300"},
          {"int", "int unsigned", "-1"},
          {"decimal(9,4)", "decimal(9,2)", "1.2345"},
          {"datetime(6)", "datetime", "'2024-01-01 10:00:00.123456'"},
          {"varchar(20)", "varchar(20) CHARACTER SET latin1", "'表'"},
          {"varchar(20)", "enum('a', 'b')", "'c'"},
          {"enum('a', 'b')", "enum('a')", "'b'"},
          {"varchar(20)", "date", "'2024-02-31'"},
          {"double", "float", "0.1e0"},
          {"varchar(20)", "int", "'1.5'"},
          {"binary(4)", "binary(3)", "'abcd'"},
          {"bit(4)", "bit(3)", "b'1111'"}
        }) {
      crossing()
          .dev("CREATE TABLE t (id int PRIMARY KEY, v " + types[0] + ")")
          .prod("CREATE TABLE t (id int PRIMARY KEY, v " + types[1] + ")")
          .dev("INSERT INTO t VALUES (7, " + types[2] + ")")
          .refused("public.t", "v");
    }
  }
}
