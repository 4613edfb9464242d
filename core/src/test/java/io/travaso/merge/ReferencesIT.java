package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.table.Reference;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** References to excluded tables: the same person has another id on the other side. */
class ReferencesIT {
  private static final String USERS =
      "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE);"
          + "CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users (id), v varchar(40))";

  private static Pair users(Engine engine) {
    Pair pair = Pair.of(engine, USERS);
    pair.source("INSERT INTO users VALUES (1, 'anna'), (2, 'bo'), (3, 'cy')");
    pair.target("INSERT INTO users VALUES (1, 'bo'), (7, 'anna')");
    return pair;
  }

  @ParameterizedTest
  @EnumSource
  void areLookedUpByWhatTheRowsAreRecognisedBy(Engine engine) {
    try (Pair pair = users(engine).reference("users", "name")) {
      pair.source("INSERT INTO t VALUES (10, 1, 'x'), (11, 2, 'x'), (12, NULL, 'x'), (13, 2, 'x')");
      pair.target("INSERT INTO t VALUES (10, 7, 'x'), (11, 7, 'x'), (13, 1, 'x')");

      pair.merges("t +1 ~1 -0 =2 *0");

      assertThat(pair.records("t")).containsExactly("(10,7,x)", "(11,1,x)", "(12,,x)", "(13,1,x)");
      assertThat(pair.records("users")).containsExactly("(1,bo)", "(7,anna)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void byAKeyOfSeveralColumns(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(100) NOT NULL,"
                + " model varchar(100) NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE t (id int PRIMARY KEY, content_type_id int NOT NULL REFERENCES"
                + " django_content_type (id))")) {
      pair.source(
          "INSERT INTO django_content_type VALUES (1, 'a', 'x'), (2, 'a', 'y')",
          "INSERT INTO t VALUES (10, 1), (11, 2)");
      pair.target(
          "INSERT INTO django_content_type VALUES (2, 'a', 'x'), (5, 'a', 'y'), (1, 'b', 'x')");

      pair.exclude("django_content_type").merges("t +2 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(10,2)", "(11,5)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingOnesAreRefusedWithEveryRow(Engine engine) {
    try (Pair pair = users(engine).reference("users", "name")) {
      pair.source("INSERT INTO t (id, u) VALUES (10, 1), (11, 3), (12, 3)");

      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.details())
          .containsExactly(
              "the target has no public.users [cy], referenced 2 times",
              "public.t 11: u is public.users [cy]",
              "public.t 12: u is public.users [cy]");
      assertThat(refusal.hint()).contains("references");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingOnesBecomeNull(Engine engine) {
    try (Pair pair = users(engine).reference("users", new Reference.SetNull(), "name")) {
      pair.source("INSERT INTO t (id, u) VALUES (10, 1), (11, 3)");

      pair.merges("t +2 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(10,7,)", "(11,,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingOnesBecomeTheIdThatWasNamed(Engine engine) {
    try (Pair pair = users(engine).reference("users", new Reference.Use("1"), "name")) {
      pair.source("INSERT INTO t (id, u) VALUES (10, 1), (11, 3), (12, NULL)");

      pair.merges("t +3 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(10,7,)", "(11,1,)", "(12,,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void howManyBecomeSomethingElseIsToldWithThePlan(Engine engine) {
    try (Pair pair = users(engine).reference("users", new Reference.SetNull(), "name")) {
      pair.source("INSERT INTO t (id, u) VALUES (10, 1), (11, 3), (12, NULL), (13, 3)");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        assertThat(planned.plan().unanswered())
            .containsExactly(new Unanswered("public.t", "u", 2, null));
      }
    }
    try (Pair pair = users(engine).reference("users", new Reference.Use("1"), "name")) {
      pair.source("INSERT INTO t (id, u) VALUES (11, 3), (12, 2)");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        assertThat(planned.plan().unanswered())
            .containsExactly(new Unanswered("public.t", "u", 1, "1"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIdThatIsNoIdIsTold(Engine engine) {
    try (Pair pair = users(engine).reference("users", new Reference.Use("nobody"), "name")) {
      pair.source("INSERT INTO t (id, u) VALUES (11, 3)");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("Planning");
    }
  }

  @ParameterizedTest
  @EnumSource
  void someoneElseOfThatNameByTheTimeOfTheMergeIsStale(Engine engine) {
    try (Pair pair = users(engine).reference("users", "name")) {
      pair.source("INSERT INTO t VALUES (10, 1, 'x'), (11, 2, 'x')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target(
            "UPDATE users SET name = 'was anna' WHERE id = 7",
            "INSERT INTO users VALUES (8, 'anna')");

        SyncException refusal = pair.refuses(planned::apply);

        assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
        assertThat(refusal.details()).containsExactly("public.t 10: u is another row now, or none");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReferencedRowThatIsRenamedByTheTimeOfTheMergeIsStale(Engine engine) {
    try (Pair pair = users(engine).reference("users", "name")) {
      pair.source("INSERT INTO t VALUES (10, 1, 'x')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("UPDATE users SET name = 'x' WHERE id = 7");

        assertThat(pair.refuses(planned::apply).details()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingRowThatIsThereByTheTimeOfTheMergeIsStale(Engine engine) {
    for (Reference.Missing missing :
        new Reference.Missing[] {new Reference.SetNull(), new Reference.Use("1")}) {
      try (Pair pair = users(engine).reference("users", missing, "name")) {
        pair.source("INSERT INTO t VALUES (11, 3, 'x')");
        try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
          pair.target("INSERT INTO users VALUES (9, 'cy')");

          assertThat(pair.refuses(planned::apply).details()).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherChangesOfTheReferencedTableAreNotStale(Engine engine) {
    try (Pair pair = users(engine).reference("users", "name")) {
      pair.source("INSERT INTO t VALUES (10, 1, 'x')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("INSERT INTO users VALUES (9, 'new'); DELETE FROM users WHERE name = 'bo'");
        planned.apply();
      }
      assertThat(pair.records("t")).containsExactly("(10,7,x)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatHoldsAReference(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE profile (u int PRIMARY KEY REFERENCES users (id), v varchar(40))",
            "CREATE TABLE vote (u int REFERENCES users (id), day date, v int, PRIMARY KEY (u,"
                + " day))")) {
      pair.source(
          "INSERT INTO users VALUES (1, 'anna'), (2, 'bo')",
          "INSERT INTO profile VALUES (1, 'A'), (2, 'B')",
          "INSERT INTO vote VALUES (1, '2024-01-01', 1), (2, '2024-01-01', 2)");
      pair.target(
          "INSERT INTO users VALUES (1, 'bo'), (7, 'anna'), (8, 'own')",
          "INSERT INTO profile VALUES (1, 'B'), (8, 'own')",
          "INSERT INTO vote VALUES (1, '2024-01-01', 9), (8, '2024-01-01', 8)");
      pair.reference("users", "name");

      pair.merges("profile +1 ~0 -0 =1 *1", "vote +1 ~1 -0 =0 *1");

      assertThat(pair.records("profile")).containsExactly("(1,B)", "(7,A)", "(8,own)");
      assertThat(pair.records("vote"))
          .containsExactly("(1,2024-01-01,2)", "(7,2024-01-01,1)", "(8,2024-01-01,8)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void toAnotherColumnThanTheKey(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, badge int NOT NULL UNIQUE, name varchar(40)"
                + " NOT NULL UNIQUE)",
            "CREATE TABLE t (id int PRIMARY KEY, badge int REFERENCES users (badge))")) {
      pair.source("INSERT INTO users VALUES (1, 100, 'anna'); INSERT INTO t VALUES (10, 100)");
      pair.target("INSERT INTO users VALUES (1, 200, 'bo'), (2, 300, 'anna')");
      pair.reference("users", "name");

      pair.merges("t +1 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(10,300)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void replacesWithReferences(Engine engine) {
    try (Pair pair = users(engine).reference("users", "name")) {
      pair.source("INSERT INTO t VALUES (10, 1, 'x'), (11, 2, 'x')");
      pair.target("INSERT INTO t VALUES (10, 1, 'x'), (99, 7, 'x')");

      assertThat(Pair.counts(pair.replace().plan())).containsExactly("t +1 ~1 -1 =0 *0");

      assertThat(pair.records("t")).containsExactly("(10,7,x)", "(11,1,x)");
    }
  }

  @Test
  void oneToNobodyIsNotSilentlyDropped() {
    try (Pair pair = users(Engine.POSTGRESQL).reference("users", "name")) {
      pair.source(
          "ALTER TABLE t DROP CONSTRAINT t_u_fkey",
          "INSERT INTO t (id, u) VALUES (10, 1), (11, 99)",
          "ALTER TABLE t ADD CONSTRAINT t_u_fkey FOREIGN KEY (u) REFERENCES users NOT VALID");

      SyncException refusal = pair.refusesMerge();

      assertThat(refusal.details())
          .containsExactly("public.t 11: the row of public.users that u references does not exist");
    }
  }

  @Test
  void onMariaDbOneToNobodyAndAChoiceThatIsNoneAreRefused() {
    try (Pair pair = users(Engine.MARIADB).reference("users", "name")) {
      pair.source("SET foreign_key_checks = 0; INSERT INTO t (id, u) VALUES (10, 1), (11, 99)");

      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 11: the row of public.users that u references does not exist");
    }
    try (Pair pair = Pair.of(Engine.MARIADB, "CREATE TABLE t (id int PRIMARY KEY, e enum('a'))")) {
      pair.source("SET sql_mode = ''; INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 'z')");

      assertThat(pair.refusesMerge().details()).containsExactly("public.t 3");
    }
  }
}
