package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.api.Test;

/** Django's generic relations: a content type and the key of a row, which no foreign key guards. */
class GenericRelationsIT {

  private static Pair pair() {
    Pair pair =
        Pair.of(
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label text NOT NULL, model text NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE auth_user (id int PRIMARY KEY, username text NOT NULL UNIQUE)",
            "CREATE TABLE app_client (id serial PRIMARY KEY, code text NOT NULL UNIQUE)",
            "CREATE TABLE app_kase (id int PRIMARY KEY)",
            "CREATE TABLE app_group (id int PRIMARY KEY)",
            "CREATE TABLE app_note (id int PRIMARY KEY, content_type_id int REFERENCES django_content_type,"
                + " object_id int, target_content_type_id int REFERENCES django_content_type,"
                + " target_object_id varchar(64))");
    String models =
        "INSERT INTO django_content_type SELECT n + %d, split_part(m, '.', 1), split_part(m, '.', 2)"
            + " FROM unnest(array['auth.user', 'app.client', 'app.kase', 'app.group']) WITH ORDINALITY AS x (m, n)";
    pair.source(models.formatted(0)).target(models.formatted(2));
    return pair.exclude("django_content_type", "auth_user", "app_group")
        .match("app_client", "code")
        .only("app_kase", "app_note");
  }

  @Test
  @Holds(value = "P29", as = Outcome.EXACT)
  void leadToTheSameRowOnTheOtherSide() {
    try (Pair pair = pair()) {
      pair.source(
          "INSERT INTO auth_user VALUES (1, 'anna'), (2, '5')",
          "INSERT INTO app_client VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO app_kase VALUES (7)",
          "INSERT INTO app_note VALUES (1, 1, 1, NULL, NULL), (2, 2, 1, 2, '2'), (3, 3, 7, 1, '2'), (4, NULL, NULL, 3, '7'),"
              + " (5, 2, 2, NULL, 'loose')");
      pair.target(
          "INSERT INTO auth_user VALUES (8, 'anna'), (1, '5')",
          "INSERT INTO app_client VALUES (5, 'a')",
          "SELECT setval('app_client_id_seq', 5)");

      pair.merges(
          "app_client +1 ~0 -0 =1 *0", "app_kase +1 ~0 -0 =0 *0", "app_note +5 ~0 -0 =0 *0");

      assertThat(pair.rows("app_note"))
          .containsExactly(
              "(1,3,8,,)", "(2,4,5,4,6)", "(3,5,7,3,1)", "(4,,,5,7)", "(5,4,6,,loose)");
    }
  }

  @Test
  @Holds(value = "P29", as = Outcome.REFUSED)
  void toModelsNobodyDecidedAboutAreRefused() {
    try (Pair pair = pair()) {
      pair.source(
          "INSERT INTO app_note VALUES (1, 4, 12, NULL, NULL), (2, 1, 99, NULL, NULL), (3, 3, 99, NULL, NULL)");
      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.app_note 1: object_id refers to app.group 12, whose table is neither in tables nor recognised by a unique key in references",
              "public.app_note 2: object_id refers to auth.user 99, which does not exist");
    }
  }

  @Test
  void toRowsThatCantBeToldApartAreRefused() {
    try (Pair pair = pair().reference("app_group", "id")) {
      pair.both("INSERT INTO app_group VALUES (12)");
      pair.source("INSERT INTO app_note VALUES (1, 4, 12, NULL, NULL)");
      pair.merges(
          "app_client +0 ~0 -0 =0 *0", "app_kase +0 ~0 -0 =0 *0", "app_note +1 ~0 -0 =0 *0");
    }
    try (Pair pair = pair()) {
      pair.both("ALTER TABLE app_group ADD name text", "INSERT INTO app_group VALUES (12, 'a')");
      pair.reference("app_group", "name");
      pair.source("INSERT INTO app_note VALUES (1, 4, 12, NULL, NULL)");
      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .singleElement()
          .asString()
          .contains("unique key");
    }
  }

  @Test
  void toRowsTheTargetDoesNotHaveAreRefused() {
    try (Pair pair = pair()) {
      pair.source(
          "INSERT INTO auth_user VALUES (1, 'anna')", "INSERT INTO app_note VALUES (1, 1, 1)");
      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(refusal.details())
          .contains("public.app_note 1: object_id is auth.user [\"anna\"]");
    }
  }

  @Test
  void thatRowsAreRecognisedBy() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label text NOT NULL, model text NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE app_client (id serial PRIMARY KEY, code text NOT NULL UNIQUE)",
            "CREATE TABLE app_note (id serial PRIMARY KEY, content_type_id int NOT NULL REFERENCES django_content_type,"
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
          "SELECT setval('app_client_id_seq', 10)",
          "INSERT INTO app_note VALUES (7, 1, 2, 'old')",
          "SELECT setval('app_note_id_seq', 7)");

      pair.merges("app_client +1 ~0 -0 =1 *0", "app_note +1 ~1 -0 =0 *0");

      assertThat(pair.rows("app_note")).containsExactly("(7,1,2,new)", "(8,1,11,x)");
    }
  }
}
