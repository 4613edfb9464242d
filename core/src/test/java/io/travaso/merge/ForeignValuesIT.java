package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that hold references, and who references these keys in turn. */
class ForeignValuesIT {

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsAnExcludedRowsIdIsAnotherOnTheOtherSide(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE profile (user_id int PRIMARY KEY REFERENCES users (id), v varchar(40))",
            "CREATE TABLE badge (id int PRIMARY KEY, profile_id int REFERENCES profile (user_id))")) {
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

      assertThat(pair.records("badge")).containsExactly("(10,2)", "(11,1)", "(12,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPartOfAKeyThatIsTheIdOfARowMatchedByMeaning(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE p (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE)"
                .formatted(SchemaWords.serial(engine)),
            "CREATE TABLE t (p int REFERENCES p (id), b int, v varchar(40), PRIMARY KEY (p, b))",
            "CREATE TABLE x (id int PRIMARY KEY, ta int, tb int, FOREIGN KEY (ta, tb) REFERENCES t (p, b))")) {
      pair.match("p", "code").only("t", "x");
      pair.source(
          "INSERT INTO p VALUES (1, 'one'), (2, 'two')",
          "INSERT INTO t VALUES (1, 1, 'x'), (2, 1, 'y')",
          "INSERT INTO x VALUES (1, 1, 1), (2, 2, 1)");
      pair.target(
          "INSERT INTO p VALUES (2, 'one')",
          SchemaWords.countedTo(engine, "p", 2),
          "INSERT INTO t VALUES (2, 1, 'x')");

      pair.merges("p +1 ~0 -0 =1 *0", "t +1 ~0 -0 =1 *0", "x +2 ~0 -0 =0 *0");

      assertThat(pair.records("x")).containsExactly("(1,2,1)", "(2,3,1)");
      assertThat(pair.records("t")).containsExactly("(2,1,x)", "(3,1,y)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void childrenOfDjangosMultiTableInheritance(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(40) NOT NULL, model varchar(40) NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE app_place (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE)"
                .formatted(SchemaWords.serial(engine)),
            "CREATE TABLE app_restaurant (place_ptr_id int PRIMARY KEY REFERENCES app_place (id), best_id int, FOREIGN KEY (best_id) REFERENCES app_restaurant (place_ptr_id))",
            "CREATE TABLE app_dish (id int PRIMARY KEY)",
            "CREATE TABLE app_dish_places (id %s PRIMARY KEY, dish_id int NOT NULL REFERENCES app_dish (id),"
                    .formatted(SchemaWords.serial(engine))
                + " restaurant_id int NOT NULL REFERENCES app_restaurant (place_ptr_id), UNIQUE (dish_id, restaurant_id))",
            "CREATE TABLE app_note (id int PRIMARY KEY, content_type_id int REFERENCES django_content_type (id), object_id int)")) {
      pair.exclude("django_content_type")
          .match("app_place", "code")
          .only("app_restaurant", "app_dish", "app_dish_places", "app_note");
      pair.both(
          "INSERT INTO django_content_type VALUES (1, 'app', 'restaurant'), (2, 'app', 'place')");
      pair.source(
          "INSERT INTO app_place VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO app_restaurant VALUES (2, NULL), (1, 2)",
          "INSERT INTO app_dish VALUES (1)",
          "INSERT INTO app_dish_places (dish_id, restaurant_id) VALUES (1, 1), (1, 2)",
          "INSERT INTO app_note VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2)");
      pair.target(
          "INSERT INTO app_place VALUES (2, 'a')",
          SchemaWords.countedTo(engine, "app_place", 2),
          "INSERT INTO app_restaurant VALUES (2, NULL)");

      pair.merges(
          "app_place +1 ~0 -0 =1 *0",
          "app_restaurant +1 ~1 -0 =0 *0",
          "app_dish +1 ~0 -0 =0 *0",
          "app_dish_places +2 ~0 -0 =0 *0",
          "app_note +3 ~0 -0 =0 *0");

      assertThat(pair.records("app_restaurant")).containsExactly("(2,3)", "(3,)");
      assertThat(pair.records("app_note")).containsExactly("(1,1,2)", "(2,1,3)", "(3,2,3)");
      assertThat(pair.value("SELECT restaurant_id FROM app_dish_places ORDER BY 1"))
          .isEqualTo("2\n3");
    }
  }
}
