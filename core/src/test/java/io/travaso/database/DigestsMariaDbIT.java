package io.travaso.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on MariaDB. */
class DigestsMariaDbIT extends DigestsContract {

  DigestsMariaDbIT() {
    super(Engine.MARIADB);
  }

  @Override
  String numbers(int count) {
    return "(SELECT CAST(seq AS SIGNED) AS k FROM seq_1_to_" + count + ") AS g";
  }

  @Override
  String day() {
    return "'2020-01-01' + INTERVAL k DAY";
  }

  @Override
  String retyped(String table, String column, String type) {
    return "ALTER TABLE %s MODIFY %s %s%s"
        .formatted(table, column, type, column.equals("k") ? " NOT NULL" : "");
  }

  static List<Type> types() {
    return List.of(
        Type.of("tinyint", "-128", "-1", "0", "1", "127", "NULL"),
        Type.of("tinyint(1)", "0", "1", "2", "NULL"),
        Type.of("bigint", "-9223372036854775808", "0", "1", "4294967296", "9223372036854775807"),
        Type.of("bigint unsigned", "0", "18446744073709551615", "NULL"),
        Type.of("int(8) unsigned zerofill", "0", "1", "4294967295"),
        Type.of("decimal(12,2)", "0", "1", "-1", "0.01", "10000", "-10000", "NULL"),
        Type.of("float", "0", "16777216", "16777215", "0.1", "3.4e38", "1e-45", "NULL"),
        Type.of("double", "0", "0.1", "0.30000000000000004", "1.7976931348623157e308"),
        Type.of("bit(64)", "b'0'", "b'1'", "~0", "NULL"),
        Type.of("year", "1901", "2155", "NULL"),
        Type.of("date", "'1000-01-01'", "'9999-12-31'", "NULL"),
        Type.of("time(6)", "'-838:59:59.999999'", "'838:59:59.999999'", "0", "'00:00:00.000001'"),
        Type.of("datetime(6)", "'2024-01-01'", "'9999-12-31 23:59:59.999999'", "NULL"),
        Type.of("timestamp(3) NULL", "'1970-01-02 00:00:01'", "'2038-01-18 03:14:07.999'", "NULL"),
        Type.of("char(10)", "''", "'N'", "'a'", "'A'", "'0'", "NULL"),
        Type.of("varchar(20)", "''", "'N'", "'0'", "'a'", "'a '", "' a'", "'A'", "'\\0'", "NULL"),
        Type.of("varchar(20) CHARACTER SET latin1", "'\u00e8'", "'e'", "'E'", "NULL"),
        Type.of("longtext", "''", "REPEAT('a', 300000)", "REPEAT('a', 300001)", "'N'", "NULL"),
        Type.of("json", "'{}'", "'{ }'", "'null'", "'[1.0]'", "'[1.00]'", "NULL"),
        Type.of("binary(3)", "x'000000'", "x'ffffff'", "x'61'", "NULL"),
        Type.of("varbinary(9)", "x''", "x'00'", "x'0000'", "'N'", "NULL"),
        Type.of("longblob", "x''", "x'00'", "x'0000'", "REPEAT(x'00', 70000)", "NULL"),
        Type.of("enum('', 'b', '1')", "''", "'b'", "'1'", "NULL"),
        Type.of("set('x', 'y')", "''", "'x'", "'y'", "'x,y'", "NULL"),
        Type.of("inet6", "'::'", "'::1'", "'ffff::ffff'", "NULL"),
        Type.of("point", "POINT(1, 2)", "POINT(2, 1)", "NULL"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyValueIsTold(Type type) {
    tellsValuesApart(type);
  }

  @ParameterizedTest
  @MethodSource("types")
  void noTwoChangesAreNone(Type type) {
    changesDoNotCancelEachOther(type);
  }

  @ParameterizedTest
  @CsvSource({
    "tinyint, -128, 127",
    "bigint, -9223372036854775808, 9223372036854775807",
    "bigint unsigned, 0, 18446744073709551615",
    "bigint unsigned, 9223372036854775807, 9223372036854775808",
    "bigint zerofill, 0, 18446744073709551615",
    "tinyint(1), -128, 127"
  })
  void codesAreOfAllIntegers(String type, String least, String most) {
    try (DigestedTable t = table("k " + type + " PRIMARY KEY, v int")) {
      t.execute("INSERT INTO t VALUES (%s, 1), (%s, 1), (1, 2), (2, 1)".formatted(least, most));
      assertThat(t.rows("t")).hasSize(4);
      assertThat(t.entries(t.remember(null))).isEqualTo(t.rows("t"));
      assertThat(t.export(t.codes("t"))).hasSize(4).isEqualTo(t.export(null));
      assertThat(t.keys(t.codes("t"))).isEqualTo(4);
    }
  }

  /** What a collation takes for equal is one key, and two values. */
  @ParameterizedTest
  @CsvSource({"utf8mb4_general_ci", "utf8mb4_unicode_ci", "latin1_swedish_ci"})
  void spellingsThatAreOneKeyAreTwoValues(String collation) {
    String type =
        "varchar(20) CHARACTER SET %s COLLATE %s"
            .formatted(collation.replaceFirst("_.*", ""), collation);
    try (DigestedTable t = table("k %s PRIMARY KEY, v %s".formatted(type, type))) {
      t.execute(
          "INSERT INTO t VALUES ('a', 'x'), ('b', 'x'), ('c', 'x')",
          "INSERT INTO s VALUES ('A', 'x'), ('b ', 'x'), ('c', 'X')");
      assertThat(t.rows("t").keySet()).isEqualTo(t.rows("s").keySet());
      assertThat(t.rows("t").values()).doesNotContainAnyElementsOf(t.rows("s").values());
      assertThat(t.keys(t.codes("s"))).isEqualTo(3);
    }
  }

  @Test
  void theWordIsOfCharacterSetsAndWeights() {
    try (DigestedTable t =
        table("k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v varchar(20), e enum('a')")) {
      String word = t.format("t");
      assertThat(t.format("s")).isEqualTo(word);
      t.execute("ALTER TABLE s MODIFY v varchar(20) CHARACTER SET latin1");
      assertThat(t.format("s")).isNotEqualTo(word);
      t.execute("ALTER TABLE s MODIFY v varchar(20) COLLATE utf8mb4_unicode_ci");
      assertThat(t.format("s")).isEqualTo(word);
      t.execute("ALTER TABLE s MODIFY k varchar(20) COLLATE utf8mb4_unicode_ci NOT NULL");
      assertThat(t.format("s")).isNotEqualTo(word);
    }
  }
}
