package io.travaso.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.database.Bulk;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many-to-many links that stand in the record of the row they belong to, taken apart again. */
class ListsOfLinksIT {
  private static final String CONTENT_TYPES =
      "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(100) NOT NULL, model varchar(100) NOT NULL, UNIQUE (app_label, model));"
          + "INSERT INTO django_content_type VALUES (1, 'shop', 'item'), (2, 'shop', 'tag'), (3, 'auth', 'user')";

  private static String id(Engine engine) {
    return engine == Engine.MARIADB ? "int AUTO_INCREMENT" : "serial";
  }

  private static String join(Engine engine, String table, String other, String target) {
    return "CREATE TABLE %1$s (id %2$s PRIMARY KEY, item_id int NOT NULL, %3$s_id int NOT NULL, UNIQUE (item_id, %3$s_id),"
            .formatted(table, id(engine), other)
        + " FOREIGN KEY (item_id) REFERENCES shop_item (id), FOREIGN KEY (%s_id) REFERENCES %s (id))"
            .formatted(other, target);
  }

  private static Pair pair(Engine engine) {
    String text = engine == Engine.MARIADB ? "varchar(50) COLLATE utf8mb4_bin" : "varchar(50)";
    return Pair.of(
            engine,
            CONTENT_TYPES,
            "CREATE TABLE auth_user (id int PRIMARY KEY, username varchar(150) NOT NULL UNIQUE)",
            "CREATE TABLE shop_item (id int PRIMARY KEY)",
            "CREATE TABLE shop_tag (id %s PRIMARY KEY, name %s NOT NULL, day date NOT NULL, UNIQUE (name, day))"
                .formatted(id(engine), text),
            join(engine, "shop_item_tags", "tag", "shop_tag"),
            join(engine, "shop_item_fans", "user", "auth_user"),
            join(engine, "shop_item_parts", "shop_item", "shop_item")
                .replace(
                    "item_id int NOT NULL, shop_item_id", "from_item_id int NOT NULL, to_item_id")
                .replace("(item_id, shop_item_id)", "(from_item_id, to_item_id)")
                .replace("KEY (item_id)", "KEY (from_item_id)")
                .replace("KEY (shop_item_id)", "KEY (to_item_id)"))
        .exclude("django_content_type")
        .reference("auth_user", "username")
        .model("shop", "Tag", "name", "day")
        .model("shop", "Item");
  }

  private static List<String> links(Pair pair, String table) {
    return pair.target.rows("SELECT * FROM " + table + " ORDER BY id");
  }

  @ParameterizedTest
  @EnumSource
  void byIdsAndByWhatTheirRowsAreRecognisedBy(Engine engine) {
    try (Pair pair = pair(engine)) {
      pair.source(
          "INSERT INTO auth_user VALUES (1, 'anna'), (2, 'b\"o,[''\u00e9\ud83d\ude00]')",
          "INSERT INTO shop_item VALUES (1), (2), (3)",
          "INSERT INTO shop_tag VALUES (1, 'red', '2024-01-01'), (2, 'RED', '2024-01-01'), (3, '12', '2024-02-29')",
          "INSERT INTO shop_item_tags VALUES (1, 1, 2), (2, 1, 1), (3, 2, 3)",
          "INSERT INTO shop_item_fans VALUES (1, 1, 2), (2, 3, 1)",
          "INSERT INTO shop_item_parts VALUES (5, 1, 3), (6, 1, 2)");
      pair.target(
          "INSERT INTO auth_user VALUES (9, 'anna'), (1, 'b\"o,[''\u00e9\ud83d\ude00]')",
          "INSERT INTO shop_item VALUES (1), (7)",
          "INSERT INTO shop_tag VALUES (40, 'RED', '2024-01-01'), (41, '12', '2020-01-01')",
          "INSERT INTO shop_item_tags VALUES (1, 1, 40), (2, 7, 41)",
          engine == Engine.MARIADB
              ? "ALTER TABLE shop_tag AUTO_INCREMENT = 42"
              : "SELECT setval('shop_tag_id_seq', 41), setval('shop_item_tags_id_seq', 2)");

      pair.merges(
          "shop.Item +2 ~0 -0 =1 *1",
          "shop.Tag +2 ~0 -0 =1 *1",
          "shop.Item_tags +2 ~0 -0 =1 *1",
          "shop.Item_fans +2 ~0 -0 =0 *0",
          "shop.Item_parts +2 ~0 -0 =0 *0");

      assertThat(
              pair.target.rows(
                  "SELECT l.item_id, t.name, t.day FROM shop_item_tags AS l JOIN shop_tag AS t ON t.id = l.tag_id"
                      + " WHERE l.item_id <> 7 ORDER BY l.item_id, t.id"))
          .containsExactlyInAnyOrder("1|RED|2024-01-01", "1|red|2024-01-01", "2|12|2024-02-29");
      assertThat(links(pair, "shop_item_fans"))
          .extracting(row -> row.replaceFirst("^\\d+\\|", ""))
          .containsExactlyInAnyOrder("1|1", "3|9");
      assertThat(links(pair, "shop_item_parts"))
          .extracting(row -> row.replaceFirst("^\\d+\\|", ""))
          .containsExactlyInAnyOrder("1|3", "1|2");
    }
  }

  @Test
  void standInAFixtureTheSameOnBothEngines() {
    List<List<String>> exported = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      try (Pair pair = pair(engine)) {
        pair.source(
            "INSERT INTO auth_user VALUES (1, 'Zoe'), (2, 'b\"o,[''\u00e9\ud83d\ude00/]'), (3, 'anna'), (4, '\u00c4'), (5, '10'), (6, '9')",
            "INSERT INTO shop_item VALUES (1), (2), (3), (10), (20)",
            "INSERT INTO shop_tag VALUES (1, 'red', '2024-01-01'), (2, 'Red', '2024-01-01'), (3, 'red', '1999-12-31')",
            "INSERT INTO shop_item_tags VALUES (1, 1, 2), (2, 1, 1), (3, 1, 3), (4, 2, 3)",
            "INSERT INTO shop_item_fans VALUES (1, 1, 2), (2, 1, 1), (3, 1, 3), (4, 1, 4), (5, 1, 5), (6, 1, 6)",
            "INSERT INTO shop_item_parts VALUES (5, 1, 3), (6, 1, 20), (7, 1, 10), (8, 1, 1)");
        exported.add(exported(pair));
      }
    }
    assertThat(exported.get(0))
        .isEqualTo(exported.get(1))
        .anyMatch(row -> row.contains("[[\"red\", \"1999-12-31\"]]"))
        .anyMatch(row -> row.contains("[1, 3, 10, 20]"));
  }

  private static List<String> exported(Pair pair) {
    TableSet set = pair.resolve(Pair.catalog(pair.from())).set();
    SyncTable table = set.find(new TableId("public", "shop_item")).orElseThrow();
    List<String> rows = new ArrayList<>();
    Bulk bulk = pair.from().dialect().bulk();
    try (Handle session = pair.from().session()) {
      bulk.beginSnapshot(session);
      bulk.export(session, table, (b, from, n) -> rows.add(new String(b, from, n, UTF_8)));
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void moreThanAGroupTakesByDefault(Engine engine) {
    String numbers =
        engine == Engine.MARIADB
            ? "(SELECT seq AS n FROM seq_1_to_5000)"
            : "(SELECT n FROM generate_series(1, 5000) AS n)";
    try (Pair pair = pair(engine)) {
      pair.source(
          "INSERT INTO shop_item VALUES (1)",
          "INSERT INTO shop_tag (name, day) SELECT CONCAT('"
              + "x".repeat(40)
              + "', n), '2024-01-01' FROM "
              + numbers
              + " AS q",
          "INSERT INTO shop_item_tags (item_id, tag_id) SELECT 1, id FROM shop_tag");
      pair.exclude("auth_user");

      pair.merge();

      assertThat(pair.value("SELECT COUNT(DISTINCT tag_id) FROM shop_item_tags")).isEqualTo("5000");
    }
  }

  @Test
  void listsThatAreNone() {
    try (Pair pair = pair(Engine.MARIADB)) {
      pair.both("INSERT INTO auth_user VALUES (1, 'anna')");
      for (String[] lists :
          new String[][] {
            {"tags", "[[\"a\",\"2024-01-01\"],\"b\"]"},
            {"tags", "[[\"a\"]]"},
            {"tags", "{}"},
            {"tags", "null"},
            {"parts", "[null]"},
            {"parts", "[[1]]"},
            {"parts", "[1.5]"},
            {"parts", "[\"x\"]"}
          }) {
        String row =
            "1"
                + (lists[0].equals("parts")
                    ? "\t[]\t" + lists[1] + "\t[]"
                    : "\t[]\t[]\t" + lists[1]);

        SyncException refusal = pair.refuses(() -> pair.planRows("shop_item", row).close());

        assertThat(refusal.details()).containsExactly("shop.Item 1: " + lists[0]);
      }
    }
  }
}
