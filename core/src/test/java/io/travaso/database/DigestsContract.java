package io.travaso.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.database.BaselineSql.Base;
import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal rows have equal digests, and others have others. */
abstract class DigestsContract {

  /** A type, and values of it, no two of which are the same to the letter. */
  record Type(String type, List<String> values) {
    static Type of(String type, String... values) {
      return new Type(type, List.of(values));
    }
  }

  private final Engine engine;

  DigestsContract(Engine engine) {
    this.engine = engine;
  }

  DigestedTable table(String columns, String... match) {
    return new DigestedTable(engine, columns, match);
  }

  /** Told apart by themselves, beside other columns, and by what the base has of them. */
  void tellsValuesApart(Type type) {
    try (DigestedTable t = table("id int PRIMARY KEY, v " + type.type())) {
      List<String> made = new ArrayList<>();
      for (String value : type.values()) {
        made.add("(%d, %s)".formatted(made.size(), value));
      }
      t.execute("INSERT INTO t VALUES " + String.join(", ", made), "INSERT INTO s SELECT * FROM t");
      Map<Long, Long> rows = t.rows("t");
      assertThat(rows).hasSize(type.values().size());
      assertThat(new HashSet<>(rows.values())).hasSize(rows.size());
      assertThat(t.rows("s")).isEqualTo(rows);
      assertThat(t.entries(t.remember(null))).isEqualTo(rows);
    }
  }

  /** Two columns that change together have two changes, not none. */
  void changesDoNotCancelEachOther(Type type) {
    String v = type.type();
    try (DigestedTable t = table("id int PRIMARY KEY, a %s, b %s, c %s".formatted(v, v, v))) {
      List<String> made = new ArrayList<>();
      for (String a : type.values()) {
        for (String b : type.values()) {
          made.add("(%d, %s, %s, %s)".formatted(made.size(), a, b, a));
        }
      }
      t.execute("INSERT INTO t VALUES " + String.join(", ", made));
      assertThat(new HashSet<>(t.rows("t").values())).hasSize(made.size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k int PRIMARY KEY|k",
        "k bigint PRIMARY KEY|k * 4294967297 - 9000000000000",
        "k decimal(20,2) PRIMARY KEY|k * 1.5",
        "k varchar(50) PRIMARY KEY|concat('key ', k)",
        "k date PRIMARY KEY|{day}",
        "k int, l int, PRIMARY KEY (k, l)|k, -k",
        "k bigint, l bigint, PRIMARY KEY (l, k)|k, k * 4294967297",
        "k int, l varchar(20), PRIMARY KEY (k, l)|k, concat('l', k)"
      })
  void findsRowsByTheirCodes(String key, String values) {
    int count = 6000;
    String numbers = numbers(count);
    try (DigestedTable t = table(key + ", v varchar(50)")) {
      t.execute(
          "INSERT INTO t SELECT %s, concat('v ', k) FROM %s"
              .formatted(values.replace("{day}", day()), numbers),
          "INSERT INTO s SELECT * FROM t");
      Map<Long, Long> rows = t.rows("t");
      assertThat(rows).hasSize(count).isEqualTo(t.rows("s"));
      Base base = t.remember(null);
      assertThat(t.entries(base)).isEqualTo(rows);

      List<String> all = t.export(null);
      long[] codes = t.codes("t");
      assertThat(t.export(new long[0])).isEmpty();
      assertThat(t.export(codes)).isEqualTo(all);
      assertThat(t.changed(base, codes)).isEmpty();

      t.execute("UPDATE t SET v = 'changed' WHERE v LIKE '%0'");
      Map<Long, Long> now = t.rows("t");
      long[] changed = codesWhere(now, (code, hash) -> !hash.equals(rows.get(code)));
      assertThat(changed).hasSize(count / 10);
      List<String> expected = t.export(null).stream().filter(r -> r.endsWith("changed")).toList();
      assertThat(t.export(changed)).isEqualTo(expected);
      assertThat(t.changed(base, changed))
          .hasSameSizeAs(expected)
          .containsExactlyInAnyOrderElementsOf(t.changed(base, null));

      t.execute("DELETE FROM t WHERE v = 'changed'");
      Map<Long, Long> left = t.rows("t");
      assertThat(left).hasSize(count - count / 10);
      assertThat(t.keys(changed)).isZero();
    }
  }

  /** The numbers from 1 on, as k. */
  abstract String numbers(int count);

  /** The k-th day. */
  abstract String day();

  private interface Chosen {
    boolean chosen(Long code, Long hash);
  }

  private static long[] codesWhere(Map<Long, Long> rows, Chosen chosen) {
    return rows.entrySet().stream()
        .filter(e -> chosen.chosen(e.getKey(), e.getValue()))
        .mapToLong(Map.Entry::getKey)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k bigint PRIMARY KEY|k",
        "k varchar(50) PRIMARY KEY|concat('key ', k)",
        "k int, l int, PRIMARY KEY (k, l)|k, -k",
        "k int, l varchar(20), PRIMARY KEY (k, l)|k, concat('l', k)"
      })
  void listsKeys(String key, String values) {
    for (int count : new int[] {0, 1, 5000}) {
      try (DigestedTable t = table(key + ", v varchar(50)")) {
        t.execute("INSERT INTO t SELECT %s, 'v' FROM %s".formatted(values, numbers(5001)));
        List<Long> all = new ArrayList<>(t.rows("t").keySet());
        long[] codes = all.subList(0, count).stream().mapToLong(Long::longValue).toArray();
        assertThat(t.keys(codes)).isEqualTo(count);
        // They are the rows with these codes, and in the types of a diff's keys.
        t.session.execute(
            "DELETE FROM t WHERE EXISTS (SELECT 1 FROM %s AS d WHERE d.k0 = t.k%s)"
                .formatted(
                    t.dialect.baseline().temporary("listed"),
                    key.contains(" l ") ? " AND d.k1 = t.l" : ""));
        assertThat(new ArrayList<>(t.rows("t").keySet())).isEqualTo(all.subList(count, all.size()));
      }
    }
  }

  /** What only a key tells of a row. */
  @Test
  void rowsThatAreKeysAndNothingElse() {
    try (DigestedTable t = table("a int, b int, PRIMARY KEY (a, b)")) {
      t.execute("INSERT INTO t VALUES (1, 2), (2, 1), (-1, 2), (0, 0), (65536, 0)");
      Map<Long, Long> rows = t.rows("t");
      assertThat(rows).hasSize(5);
      assertThat(new HashSet<>(rows.values())).hasSize(1).doesNotContain(0L);
      Base base = t.remember(null);
      assertThat(t.entries(base)).isEqualTo(rows);
      assertThat(t.export(t.codes("t"))).isEqualTo(t.export(null));
    }
  }

  @Test
  void aDifferenceInAnyColumnCounts() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("a varchar(10)", "'x'");
    columns.put("b int", "1");
    columns.put("c decimal(10,2)", "1.5");
    columns.put("d date", "'2024-01-01'");
    columns.put("e double precision", "0.5");
    columns.put("f boolean", "true");
    columns.put("g char(3)", "'abc'");
    try (DigestedTable t = table("id int PRIMARY KEY, " + String.join(", ", columns.keySet()))) {
      int id = 0;
      List<String> made = new ArrayList<>();
      List<String> values = new ArrayList<>(columns.values());
      for (int i = -1; i < values.size(); i++) {
        for (String other : i < 0 ? List.of("NULL") : List.of("NULL", other(values.get(i)))) {
          List<String> row = new ArrayList<>(values);
          if (i >= 0) {
            row.set(i, other);
          }
          made.add("(%d, %s)".formatted(id++, String.join(", ", row)));
        }
      }
      t.execute("INSERT INTO t VALUES " + String.join(", ", made));
      assertThat(new HashSet<>(t.rows("t").values())).hasSize(id);
    }
  }

  private static String other(String value) {
    return switch (value) {
      case "true" -> "false";
      case "'2024-01-01'" -> "'2024-01-02'";
      case "'x'", "'abc'" -> "''";
      default -> "0";
    };
  }

  /** Also where the target's columns stayed: what was agreed on is the source's row. */
  @Test
  void entriesAreTheSourcesRows() {
    try (DigestedTable t =
        table("id int PRIMARY KEY, a varchar(20), b int, c decimal(9,2), d date")) {
      t.execute(
          "INSERT INTO t SELECT k, concat('a', k), k, k, NULL FROM " + numbers(9),
          "INSERT INTO s SELECT * FROM t");
      Base base = t.remember(null);
      assertThat(t.entries(base)).isEqualTo(t.rows("s"));
      t.execute(
          "UPDATE s SET a = 'source' WHERE id IN (1, 2, 3)",
          "UPDATE t SET b = 77 WHERE id IN (2, 3, 4)",
          "UPDATE t SET a = 'target' WHERE id = 4",
          "UPDATE s SET d = '2024-01-01', c = NULL WHERE id = 4",
          "DELETE FROM t WHERE id = 5",
          "DELETE FROM s WHERE id = 6",
          "DELETE FROM s WHERE id = 7",
          "DELETE FROM t WHERE id = 7",
          "INSERT INTO s VALUES (20, 'new', 1, 1, NULL)",
          "INSERT INTO t VALUES (21, 'own', 1, 1, NULL)");
      Base next = t.agree(base);
      Map<Long, Long> expected = new TreeMap<>(t.rows("s"));
      Map<Long, Long> entries = t.entries(next);
      // What the source deleted stands until the merge deletes it here too.
      entries.keySet().removeIf(code -> !expected.containsKey(code));
      assertThat(entries).isEqualTo(expected);
      assertThat(t.entries(base)).hasSize(9);
    }
  }

  @Test
  void theWordIsOfHowDigestsAreMade() {
    try (DigestedTable t = table("k varchar(20) PRIMARY KEY, v decimal(10,2), w varchar(20)")) {
      String word = t.format("t");
      assertThat(t.format("s")).isEqualTo(word);
      t.execute(retyped("s", "w", "varchar(30)"));
      assertThat(t.format("s")).isNotEqualTo(word);
      t.execute(retyped("s", "w", "varchar(20)"));
      assertThat(t.format("s")).isEqualTo(word);
      t.execute(retyped("s", "k", "varchar(21)"));
      assertThat(t.format("s")).isNotEqualTo(word);
    }
  }

  abstract String retyped(String table, String column, String type);
}
