package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What excluded rows are recognised by may have NULLs, several columns, and references. */
class NaturalKeysIT {

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29", as = Outcome.EXACT)
  void withNullParts(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE place (id int PRIMARY KEY, town varchar(40) NOT NULL, street varchar(40), UNIQUE (town, street))",
            "CREATE TABLE t (id int PRIMARY KEY, place int REFERENCES place (id))")) {
      pair.reference("place", "town", "street");
      pair.source(
          "INSERT INTO place VALUES (1, 'Roma', NULL), (2, 'Roma', ''), (3, 'Roma', 'Via A')",
          "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, NULL)");
      pair.target(
          "INSERT INTO place VALUES (3, 'Roma', NULL), (1, 'Roma', ''), (2, 'Roma', 'Via A')");

      pair.merges("t +4 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(1,3)", "(2,1)", "(3,2)", "(4,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatLookTheSameAreRefusedOnEitherSide(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE place (id int PRIMARY KEY, town varchar(40))",
            "CREATE TABLE t (id int PRIMARY KEY, place int REFERENCES place (id))")) {
      pair.reference("place", "town");
      pair.both("INSERT INTO place VALUES (1, 'Roma'), (2, 'Bari'), (5, NULL)");
      pair.source("INSERT INTO t VALUES (1, 1)");
      pair.target("INSERT INTO place VALUES (3, 'Bari'), (4, 'Bari')");
      pair.merges("t +1 ~0 -0 =0 *0");

      pair.source("INSERT INTO t VALUES (2, 2)");
      SyncException inTarget = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(inTarget.details())
          .containsExactly(
              "public.place [Bari] stands more than once in the target, referenced by public.t.place");

      pair.source("INSERT INTO place VALUES (6, 'Bari')");
      SyncException inSource = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(inSource.details())
          .containsExactly(
              "public.t 2: the row of public.place that place references is not the only one of its kind");

      pair.source("DELETE FROM place WHERE id = 6", "INSERT INTO t VALUES (3, 5)");
      SyncException nameless = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));
      assertThat(nameless.details()).singleElement().asString().contains("public.t 3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void thatAreReferencesThemselves(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(40) NOT NULL, model varchar(40) NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE auth_permission (id int PRIMARY KEY, content_type_id int NOT NULL REFERENCES django_content_type (id),"
                + " codename varchar(40) NOT NULL, UNIQUE (content_type_id, codename))",
            "CREATE TABLE t (id int PRIMARY KEY, permission_id int REFERENCES auth_permission (id))")) {
      pair.exclude("django_content_type", "auth_permission");
      pair.source(
          "INSERT INTO django_content_type VALUES (1, 'a', 'x'), (2, 'b', 'x')",
          "INSERT INTO auth_permission VALUES (1, 1, 'add'), (2, 2, 'add')",
          "INSERT INTO t VALUES (1, 1), (2, 2)");
      pair.target(
          "INSERT INTO django_content_type VALUES (1, 'b', 'x'), (2, 'a', 'x')",
          "INSERT INTO auth_permission VALUES (1, 1, 'add'), (7, 2, 'add')");

      pair.merges("t +2 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(1,7)", "(2,1)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void referencedBySeveralColumns(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE office (year int, number int, name varchar(40) NOT NULL UNIQUE, PRIMARY KEY (year, number))",
            "CREATE TABLE t (id int PRIMARY KEY, year int, number int, FOREIGN KEY (year, number) REFERENCES office (year, number))")) {
      pair.reference("office", "name");
      pair.source(
          "INSERT INTO office VALUES (2024, 1, 'Bari'), (2024, 2, 'Roma')",
          "INSERT INTO t VALUES (1, 2024, 1), (2, 2024, 2), (3, NULL, NULL)");
      pair.target("INSERT INTO office VALUES (2023, 9, 'Bari'), (2024, 1, 'Roma')");

      pair.merges("t +3 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(1,2023,9)", "(2,2024,1)", "(3,,)");
    }
  }
}
