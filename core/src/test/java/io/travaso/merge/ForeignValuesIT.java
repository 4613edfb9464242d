package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Keys that hold references, and who references these keys in turn. */
class ForeignValuesIT {

  @Test
  void aKeyThatIsAnExcludedRowsIdIsAnotherOnTheOtherSide() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
            "CREATE TABLE profile (user_id int PRIMARY KEY REFERENCES users, v text)",
            "CREATE TABLE badge (id int PRIMARY KEY, profile_id int REFERENCES profile)")) {
      pair.reference("users", "name");
      pair.source(
          "INSERT INTO users VALUES (1, 'anna'), (2, 'bo')",
          "INSERT INTO profile VALUES (1, 'of anna'), (2, 'of bo')",
          "INSERT INTO badge VALUES (10, 1), (11, 2), (12, NULL)");
      pair.target(
          "INSERT INTO users VALUES (1, 'bo'), (2, 'anna')",
          "INSERT INTO profile VALUES (2, 'of anna')",
          "INSERT INTO badge VALUES (10, 2)");

      pair.merges("profile +1 ~0 -0 =1 *0", "badge +2 ~0 -0 =1 *0");

      assertThat(pair.rows("badge")).containsExactly("(10,2)", "(11,1)", "(12,)");
    }
  }

  @Test
  void aPartOfAKeyThatIsTheIdOfARowMatchedByMeaning() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id serial PRIMARY KEY, code text NOT NULL UNIQUE)",
            "CREATE TABLE t (p int REFERENCES p, b int, v text, PRIMARY KEY (p, b))",
            "CREATE TABLE x (id int PRIMARY KEY, ta int, tb int, FOREIGN KEY (ta, tb) REFERENCES t)")) {
      pair.match("p", "code").only("t", "x");
      pair.source(
          "INSERT INTO p VALUES (1, 'one'), (2, 'two')",
          "INSERT INTO t VALUES (1, 1, 'x'), (2, 1, 'y')",
          "INSERT INTO x VALUES (1, 1, 1), (2, 2, 1)");
      pair.target(
          "INSERT INTO p VALUES (2, 'one')",
          "SELECT setval('p_id_seq', 2)",
          "INSERT INTO t VALUES (2, 1, 'x')");

      pair.merges("p +1 ~0 -0 =1 *0", "t +1 ~0 -0 =1 *0", "x +2 ~0 -0 =0 *0");

      assertThat(pair.rows("x")).containsExactly("(1,2,1)", "(2,3,1)");
      assertThat(pair.rows("t")).containsExactly("(2,1,x)", "(3,1,y)");
    }
  }

  @Test
  void childrenOfDjangosMultiTableInheritance() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label text NOT NULL, model text NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE app_place (id serial PRIMARY KEY, code text NOT NULL UNIQUE)",
            "CREATE TABLE app_restaurant (place_ptr_id int PRIMARY KEY REFERENCES app_place, best_id int REFERENCES app_restaurant)",
            "CREATE TABLE app_dish (id int PRIMARY KEY)",
            "CREATE TABLE app_dish_places (id serial PRIMARY KEY, dish_id int NOT NULL REFERENCES app_dish,"
                + " restaurant_id int NOT NULL REFERENCES app_restaurant, UNIQUE (dish_id, restaurant_id))",
            "CREATE TABLE app_note (id int PRIMARY KEY, content_type_id int REFERENCES django_content_type, object_id int)")) {
      pair.exclude("django_content_type")
          .match("app_place", "code")
          .only("app_restaurant", "app_dish", "app_dish_places", "app_note");
      pair.both(
          "INSERT INTO django_content_type VALUES (1, 'app', 'restaurant'), (2, 'app', 'place')");
      pair.source(
          "INSERT INTO app_place VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO app_restaurant VALUES (1, 2), (2, NULL)",
          "INSERT INTO app_dish VALUES (1)",
          "INSERT INTO app_dish_places (dish_id, restaurant_id) VALUES (1, 1), (1, 2)",
          "INSERT INTO app_note VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2)");
      pair.target(
          "INSERT INTO app_place VALUES (2, 'a')",
          "SELECT setval('app_place_id_seq', 2)",
          "INSERT INTO app_restaurant VALUES (2, NULL)");

      pair.merges(
          "app_place +1 ~0 -0 =1 *0",
          "app_restaurant +1 ~1 -0 =0 *0",
          "app_dish +1 ~0 -0 =0 *0",
          "app_dish_places +2 ~0 -0 =0 *0",
          "app_note +3 ~0 -0 =0 *0");

      assertThat(pair.rows("app_restaurant")).containsExactly("(2,3)", "(3,)");
      assertThat(pair.rows("app_note")).containsExactly("(1,1,2)", "(2,1,3)", "(3,2,3)");
      assertThat(
              pair.value(
                  "SELECT string_agg(restaurant_id::text, ' ' ORDER BY 1) FROM app_dish_places"))
          .isEqualTo("2 3");
    }
  }
}
