package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql.Work;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests of values and of keys. */
class MariaDbDigestsIT {

  /** A type and values of it that are all different. */
  record Type(String type, List<String> values) {
    Type(String type, String... values) {
      this(type, List.of(values));
    }
  }

  static List<Type> types() {
    return List.of(
        new Type("tinyint", "-128", "0", "1", "127", "NULL"),
        new Type("bigint", "-9223372036854775808", "0", "9223372036854775807"),
        new Type("bigint unsigned", "0", "18446744073709551615"),
        new Type("int(8) unsigned zerofill", "0", "1", "4294967295"),
        new Type("decimal(65,30)", "0", "0.000000000000000000000000000001", "-1", "NULL"),
        new Type("float", "0", "16777216", "16777215", "0.1", "3.4e38", "1e-45", "NULL"),
        new Type("double", "0", "0.1", "0.30000000000000004", "1.7976931348623157e308"),
        new Type("bit(64)", "b'0'", "b'1'", "~0", "NULL"),
        new Type("bit(7)", "b'0'", "b'1111111'"),
        new Type("year", "1901", "2155", "0000"),
        new Type("date", "'0000-00-00'", "'2024-00-00'", "'9999-12-31'", "NULL"),
        new Type("time(6)", "'-838:59:59.999999'", "'838:59:59.999999'", "0", "'00:00:00.000001'"),
        new Type("datetime(6)", "'0000-00-00'", "'9999-12-31 23:59:59.999999'", "NULL"),
        new Type("timestamp(3) NULL", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07.999'", "NULL"),
        new Type("char(10)", "''", "'N'", "'a'", "'A'", "'\u00e8'", "NULL"),
        new Type(
            "varchar(20)", "''", "'N'", "'0'", "'a'", "'a '", "' a'", "'\\0'", "'\ud83d\ude00'"),
        new Type("varchar(20) CHARACTER SET latin1", "'\u00e8'", "'e'", "'E'", "NULL"),
        new Type("varchar(20) CHARACTER SET ucs2", "'\u00e8'", "'\u4e2d'", "''", "NULL"),
        new Type("longtext", "''", "REPEAT('a', 300000)", "REPEAT('a', 300001)", "'N'", "NULL"),
        new Type("json", "'{}'", "'{ }'", "'null'", "NULL"),
        new Type("binary(3)", "x'000000'", "x'ffffff'", "x'61'", "NULL"),
        new Type("varbinary(9)", "x''", "x'00'", "x'0000'", "'N'", "NULL"),
        new Type("longblob", "x''", "x'00'", "x'0000'", "REPEAT(x'00', 70000)", "NULL"),
        new Type("enum('', 'b', '1')", "''", "'b'", "'1'", "NULL"),
        new Type("set('x', 'y')", "''", "'x'", "'y'", "'x,y'", "NULL"),
        new Type("inet6", "'::'", "'::1'", "'ffff::ffff'", "NULL"),
        new Type("point", "POINT(1, 2)", "POINT(2, 1)", "NULL"),
        new Type("geometry", "ST_GeomFromText('POINT(1 2)', 4326)", "POINT(1, 2)", "NULL"));
  }

  /** The rows are told from each other, and what is staged is known in the target. */
  @ParameterizedTest
  @MethodSource("types")
  void knowsEveryValue(Type type) {
    try (BaselineTable t = new BaselineTable("id int PRIMARY KEY, v " + type.type())) {
      t.session.execute("SET NAMES utf8mb4");
      for (int i = 0; i < type.values().size(); i++) {
        t.session.execute("INSERT INTO s VALUES (%d, %s)".formatted(i, type.values().get(i)));
      }
      t.session.execute("INSERT INTO t SELECT * FROM s");
      Base base = t.agree(t.stage(), null, null);
      assertThat(t.changed(base)).isEmpty();
      assertThat(t.list("SELECT COUNT(DISTINCT digests) FROM travaso_base"))
          .containsExactly(String.valueOf(type.values().size()));
      assertThat(t.list("SELECT COUNT(DISTINCT SUBSTRING(digests, 9)) FROM travaso_base"))
          .containsExactly(String.valueOf(type.values().size()));
      // The row before becomes each.
      t.session.execute("DELETE FROM t");
      t.session.execute(
          "INSERT INTO t SELECT a.id, b.v FROM s AS a JOIN s AS b ON b.id = (a.id + 1) %% %d"
              .formatted(type.values().size()));
      assertThat(t.changed(base)).hasSize(type.values().size());
      Work work = t.stage();
      assertThat(t.compare(work, base))
          .hasSize(type.values().size())
          .allMatch(r -> r.endsWith(" u t"));
      t.sql.adopt(work, BaselineTable.MERGED).forEach(t::run);
      assertThat(
              t.list(
                  "SELECT COUNT(*) FROM %s JOIN t ON t.id = w0 WHERE %s"
                      .formatted(
                          work.staging(),
                          MariaDbRows.differs(t.table.written().get(1), "t.v", "w1"))))
          .containsExactly("0");
    }
  }

  @Test
  void tellsWhereAValueEnds() {
    try (BaselineTable t =
        new BaselineTable(
            "id int PRIMARY KEY, a varchar(9), b varchar(9), c int, d varbinary(9)")) {
      t.execute(
          "INSERT INTO s VALUES (1, 'ab', 'c', 1, ''), (2, 'a', 'bc', 1, ''), (3, NULL, 'N', 1,"
              + " ''), (4, 'N', NULL, 1, ''), (5, '1:', '', 1, ''), (6, '', '1:', 1, ''), (7, '',"
              + " '', 11, ''), (8, '', '', 1, '1')");
      t.agree(t.stage(), null, null);
      assertThat(t.list("SELECT COUNT(DISTINCT LEFT(digests, 8)) FROM travaso_base"))
          .containsExactly("8");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utf8mb4_general_ci",
        "utf8mb4_unicode_ci",
        "utf8mb4_unicode_520_ci",
        "utf8mb4_unicode_nopad_ci",
        "utf8mb4_bin",
        "utf8mb4_nopad_bin",
        "latin1_swedish_ci",
        "latin1_german2_ci",
        "latin1_general_cs"
      })
  void keysAreOneWhereTheCollationSaysSo(String collation) {
    try (BaselineTable t =
        new BaselineTable(
            "k varchar(300) CHARACTER SET %s COLLATE %s NOT NULL, v int"
                .formatted(collation.replaceFirst("_.*", ""), collation),
            "k")) {
      t.session.execute(
          """
          INSERT INTO s (k) VALUES ('abc'), ('ABC'), ('abc '), ('abc  '), (' abc'), ('\u00e0bc'), (''), (' '), ('ab'),
            ('stra\u00dfe'), ('strasse'), ('a%b'), ('a_b'), ('o'), ('\u00f6'), ('oe'), ('N'), (REPEAT('x', 300)),
            (REPEAT('x', 299))
          """);
      Column k = new Column(t);
      assertThat(
              t.list(
                  "SELECT CONCAT(s.k, '|', r.k) FROM s JOIN s AS r ON NOT ((s.k = r.k) <=> (%s = %s))"
                      .formatted(k.key("s.k"), k.key("r.k"))))
          .isEmpty();
    }
  }

  private record Column(BaselineTable t) {
    String key(String value) {
      return MariaDbEntries.key(t.table, c -> value);
    }
  }

  @ParameterizedTest
  @CsvSource({"float", "double"})
  void zeroIsOneKey(String type) {
    try (BaselineTable t = new BaselineTable("k " + type + " NOT NULL, v int", "k")) {
      Column k = new Column(t);
      t.execute("INSERT INTO s VALUES (0, 1), ('-0', 1), (0.1, 1)");
      assertThat(t.list("SELECT COUNT(DISTINCT " + k.key("k") + ") FROM s")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tinyint, -128, 127",
    "bigint, -9223372036854775808, 9223372036854775807",
    "bigint unsigned, 0, 18446744073709551615",
    "bigint zerofill, 0, 18446744073709551615",
    "int unsigned, 0, 4294967295",
    "tinyint(1), -128, 127"
  })
  void integersStandInTheirOrder(String type, String least, String most) {
    try (BaselineTable t = new BaselineTable("k " + type + " PRIMARY KEY, v int")) {
      t.execute(
          "INSERT INTO s VALUES (%s, 1), (%s, 1), (1, 1), (2, 1)".formatted(least, most),
          "INSERT INTO t SELECT * FROM s");
      Column k = new Column(t);
      assertThat(t.list("SELECT k + 0 FROM s ORDER BY " + k.key("k")))
          .containsExactly(least, "1", "2", most);
      Base base = t.agree(t.stage(), null, null);
      assertThat(t.gone(base)).isEmpty();
      t.execute("DELETE FROM s WHERE k IN (%s, 1)".formatted(least), "DELETE FROM t WHERE k <> 2");
      assertThat(t.gone(base)).hasSize(3);
      Base next = t.agree(t.stage(), base, null);
      assertThat(t.count(next)).isEqualTo(2);
    }
  }

  @Test
  void otherKeysEndToo() {
    try (BaselineTable t =
        new BaselineTable(
            "a varchar(20) COLLATE utf8mb4_unicode_ci NOT NULL, b date NOT NULL, c enum('x', 'y')"
                + " NOT NULL, v int",
            "a",
            "b",
            "c")) {
      t.execute(
          "INSERT INTO s VALUES ('a', '2024-01-01', 'x', 1), ('a', '2024-01-01', 'y', 1), ('b',"
              + " '2024-01-02', 'x', 1), ('c', '2024-01-02', 'x', 1)",
          "INSERT INTO t SELECT * FROM s");
      Base base = t.agree(t.stage(), null, null);
      assertThat(t.changed(base)).isEmpty();
      t.execute(
          "DELETE FROM s WHERE a IN ('b', 'c')",
          "DELETE FROM t WHERE c = 'y' OR a = 'b'",
          "UPDATE t SET v = 2 WHERE a = 'a'");
      assertThat(t.gone(base)).hasSize(2);
      assertThat(t.compare(t.stage(), base))
          .containsExactly("a, 2024-01-01, x u ..t", "a, 2024-01-01, y k ", "c, 2024-01-02, x g ");
      Base next = t.agree(t.stage(), base, BaselineTable.MERGED);
      assertThat(t.count(next)).isEqualTo(3);
    }
  }

  /** What keys are made of may be others' affair: a server's that is upgraded, or a table's. */
  @Test
  void anotherCollationMakesOtherKeys() {
    try (BaselineTable t =
        new BaselineTable("k varchar(20) CHARACTER SET ascii NOT NULL, v varchar(20)", "k")) {
      String before = t.sql.format(t.session, t.table);
      assertThat(before).matches("mariadb 1 [0-9a-f]{8}");
      assertThat(t.sql.format(t.session, t.table)).isEqualTo(before);
      t.execute("ALTER TABLE t MODIFY k varchar(20) COLLATE utf8mb4_unicode_ci NOT NULL");
      assertThat(t.sql.format(t.session, t.table)).isNotEqualTo(before);
    }
    try (BaselineTable t =
        new BaselineTable("k int, e enum('a') NOT NULL, v varchar(20), PRIMARY KEY (k, e)")) {
      assertThat(t.sql.format(t.session, t.table)).isEqualTo("mariadb 1");
    }
  }

  /** More codes than a statement takes, which then says nothing of them. */
  @Test
  void findsRowsByMoreCodesThanAStatementTakes() throws SQLException, IOException {
    try (BaselineTable t = new BaselineTable("k varchar(20) PRIMARY KEY, v varchar(20)")) {
      t.execute("INSERT INTO t SELECT CONCAT('k', seq), CONCAT('\tv', seq) FROM seq_1_to_3000");
      List<Long> codes = new ArrayList<>();
      new MariaDbDigestSql().rows(t.session, t.table, List.of(), (code, hash) -> codes.add(code));
      long[] half = codes.stream().mapToLong(Long::longValue).filter(c -> (c & 1) == 0).toArray();
      List<String> conditions = new MariaDbCodes(t.table).among(half, 1000);
      assertThat(conditions).hasSizeGreaterThan(2).allMatch(c -> c.length() < 2000);
      List<String> one = new ArrayList<>();
      List<String> several = new ArrayList<>();
      new MariaDbPart(t.session, t.table, half)
          .stream((b, from, n) -> one.add(new String(b, from, n, UTF_8)));
      long count =
          new MariaDbPart(t.session, t.table, half, conditions)
              .stream((b, from, n) -> several.add(new String(b, from, n, UTF_8)));
      assertThat(several).isEqualTo(one).hasSize(half.length).isSorted();
      assertThat(count).isEqualTo(half.length);
    }
  }

  /** What is looked up by a key is read by it, and in its order. */
  @Test
  void looksUpIntegersByTheirIndex() {
    try (BaselineTable t = new BaselineTable("k bigint PRIMARY KEY, v varchar(20)")) {
      t.execute("INSERT INTO t SELECT seq, 'v' FROM seq_1_to_20000", "ANALYZE TABLE t");
      long[] codes = LongStream.range(0, 1500).map(n -> n * 13).toArray();
      for (String condition : MariaDbPart.conditions(t.session, t.table, codes)) {
        String query = new MariaDbExport(t.table).query("", condition);
        assertThat(
                t.session
                    .createQuery("EXPLAIN " + query)
                    .map((r, c) -> r.getString("type") + " " + r.getString("Extra"))
                    .list())
            .containsExactly("range Using where");
      }
    }
  }
}
