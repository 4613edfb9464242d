package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Django's generic relations: a content type and the key of a row, which no foreign key guards. */
class GenericRelationsIT {

  /** Ids that the database gives, the next of them being this. */
  private static String ids(Engine engine, String table, int next) {
    return engine == Engine.MARIADB
        ? "ALTER TABLE %s AUTO_INCREMENT = %d".formatted(table, next)
        : "SELECT setval('%s_id_seq', %d)".formatted(table, next - 1);
  }

  private static String id(Engine engine) {
    return engine == Engine.MARIADB ? "int AUTO_INCREMENT" : "serial";
  }

  private static List<String> rows(Pair pair, String table) {
    return pair.target.rows("SELECT * FROM " + table + " ORDER BY id");
  }

  private static Pair pair(Engine engine) {
    Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(100) NOT NULL, model varchar(100) NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE auth_user (id int PRIMARY KEY, username varchar(150) NOT NULL UNIQUE)",
            "CREATE TABLE app_client (id "
                + id(engine)
                + " PRIMARY KEY, code varchar(20) NOT NULL UNIQUE)",
            "CREATE TABLE app_kase (id int PRIMARY KEY)",
            "CREATE TABLE app_group (id int PRIMARY KEY)",
            "CREATE TABLE app_note (id int PRIMARY KEY, content_type_id int REFERENCES django_content_type (id),"
                + " object_id int, target_content_type_id int REFERENCES django_content_type (id),"
                + " target_object_id varchar(64))");
    pair.source(
        "INSERT INTO django_content_type VALUES (1, 'auth', 'user'), (2, 'app', 'client'), (3, 'app', 'kase'), (4, 'app', 'group')");
    pair.target(
        "INSERT INTO django_content_type VALUES (3, 'auth', 'user'), (4, 'app', 'client'), (5, 'app', 'kase'), (6, 'app', 'group')");
    return pair.exclude("django_content_type", "auth_user", "app_group")
        .match("app_client", "code")
        .only("app_kase", "app_note");
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29", as = Outcome.EXACT)
  void leadToTheSameRowOnTheOtherSide(Engine engine) {
    try (Pair pair = pair(engine)) {
      pair.source(
          "INSERT INTO auth_user VALUES (1, 'anna'), (2, '5')",
          "INSERT INTO app_client VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO app_kase VALUES (7)",
          "INSERT INTO app_note VALUES (1, 1, 1, NULL, NULL), (2, 2, 1, 2, '2'), (3, 3, 7, 1, '2'), (4, NULL, NULL, 3, '7'),"
              + " (5, 2, 2, NULL, 'loose')");
      pair.target(
          "INSERT INTO auth_user VALUES (8, 'anna'), (1, '5')",
          "INSERT INTO app_client VALUES (5, 'a')",
          ids(engine, "app_client", 6));

      pair.merges(
          "app_client +1 ~0 -0 =1 *0", "app_kase +1 ~0 -0 =0 *0", "app_note +5 ~0 -0 =0 *0");

      assertThat(rows(pair, "app_note"))
          .containsExactly(
              "1|3|8|\\N|\\N", "2|4|5|4|6", "3|5|7|3|1", "4|\\N|\\N|5|7", "5|4|6|\\N|loose");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29", as = Outcome.REFUSED)
  void toModelsNobodyDecidedAboutAreRefused(Engine engine) {
    try (Pair pair = pair(engine)) {
      pair.source(
          "INSERT INTO app_note VALUES (1, 4, 12, NULL, NULL), (2, 1, 99, NULL, NULL), (3, 3, 99, NULL, NULL)");
      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.app_note 1: object_id refers to app.group 12, whose table is neither in tables nor recognised by a unique key in references",
              "public.app_note 2: object_id refers to auth.user 99, which does not exist");
    }
  }

  @ParameterizedTest
  @EnumSource
  void toRowsThatCantBeToldApartAreRefused(Engine engine) {
    try (Pair pair = pair(engine).reference("app_group", "id")) {
      pair.both("INSERT INTO app_group VALUES (12)");
      pair.source("INSERT INTO app_note VALUES (1, 4, 12, NULL, NULL)");
      pair.merges(
          "app_client +0 ~0 -0 =0 *0", "app_kase +0 ~0 -0 =0 *0", "app_note +1 ~0 -0 =0 *0");
    }
    try (Pair pair = pair(engine)) {
      pair.both(
          "ALTER TABLE app_group ADD name varchar(20)", "INSERT INTO app_group VALUES (12, 'a')");
      pair.reference("app_group", "name");
      pair.source("INSERT INTO app_note VALUES (1, 4, 12, NULL, NULL)");
      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .singleElement()
          .asString()
          .contains("unique key");
    }
  }

  @ParameterizedTest
  @EnumSource
  void toRowsTheTargetDoesNotHaveAreRefused(Engine engine) {
    try (Pair pair = pair(engine)) {
      pair.source(
          "INSERT INTO auth_user VALUES (1, 'anna')",
          "INSERT INTO app_note VALUES (1, 1, 1, NULL, NULL)");
      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(refusal.details())
          .contains("public.app_note 1: object_id is auth.user [\"anna\"]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void thatRowsAreRecognisedBy(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(100) NOT NULL, model varchar(100) NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE app_client (id "
                + id(engine)
                + " PRIMARY KEY, code varchar(20) NOT NULL UNIQUE)",
            "CREATE TABLE app_note (id "
                + id(engine)
                + " PRIMARY KEY, content_type_id int NOT NULL REFERENCES django_content_type (id),"
                + " object_id int NOT NULL, v text, UNIQUE (content_type_id, object_id))")) {
      pair.exclude("django_content_type")
          .match("app_client", "code")
          .match("app_note", "content_type_id", "object_id");
      pair.both("INSERT INTO django_content_type VALUES (1, 'app', 'client')");
      pair.source(
          "INSERT INTO app_client VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO app_note VALUES (1, 1, 1, 'new'), (2, 1, 2, 'x')");
      pair.target(
          "INSERT INTO app_client VALUES (2, 'a')",
          ids(engine, "app_client", 11),
          "INSERT INTO app_note VALUES (7, 1, 2, 'old')",
          ids(engine, "app_note", 8));

      pair.merges("app_client +1 ~0 -0 =1 *0", "app_note +1 ~1 -0 =0 *0");

      assertThat(rows(pair, "app_note")).containsExactly("7|1|2|new", "8|1|11|x");
    }
  }
}
