package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows recognised by meaning: the target keeps its own ids, references to them follow. */
class MeaningIT {
  private static Pair clients(Engine engine) {
    return Pair.of(
        engine,
        "CREATE TABLE client (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE, name varchar(40), parent int,"
                .formatted(SchemaWords.serial(engine))
            + " FOREIGN KEY (parent) REFERENCES client (id));"
            + "CREATE TABLE kase (id int PRIMARY KEY, client int NOT NULL REFERENCES client (id), v varchar(40))");
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "A10", as = Outcome.EXACT)
  void keepIdsOfTheTargetsOwn(Engine engine) {
    try (Pair pair = clients(engine)) {
      pair.match("client", "code").only("kase");
      pair.source(
          "INSERT INTO client VALUES (1, 'a', 'Anna', NULL), (2, 'b', 'Bo', 1), (3, 'c', 'Cy', 2), (4, 'd', 'Di', 4)",
          "INSERT INTO kase VALUES (10, 1, 'x'), (11, 2, 'x'), (12, 3, 'x'), (13, 4, 'x')");
      pair.target(
          "INSERT INTO client VALUES (1, 'b', 'Bob', NULL), (7, 'a', 'Anna', NULL), (8, 'own', 'Own', 7)",
          SchemaWords.countedTo(engine, "client", 8),
          "INSERT INTO kase VALUES (10, 7, 'x'), (11, 7, 'x'), (20, 8, 'own')");

      pair.merges("client +2 ~1 -0 =1 *1", "kase +2 ~1 -0 =1 *1");

      assertThat(pair.records("client"))
          .containsExactly(
              "(1,b,Bo,7)", "(10,d,Di,10)", "(7,a,Anna,)", "(8,own,Own,7)", "(9,c,Cy,1)");
      assertThat(pair.records("kase"))
          .containsExactly("(10,7,x)", "(11,1,x)", "(12,9,x)", "(13,10,x)", "(20,8,own)");
      assertThat(pair.value("INSERT INTO client (code) VALUES ('next') RETURNING id"))
          .isEqualTo("11");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlanMovesNoSequence(Engine engine) {
    try (Pair pair = clients(engine)) {
      pair.match("client", "code").only("kase");
      pair.source(
          "INSERT INTO client (id, code) VALUES (5, 'a')",
          "INSERT INTO kase (id, client) VALUES (1, 5)");
      var before = pair.contents();
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        assertThat(pair.contents()).isEqualTo(before);
        // Whoever draws a number in between keeps it.
        pair.target("INSERT INTO client (code) VALUES ('theirs')");
        planned.apply();
      }
      assertThat(pair.records("client")).containsExactly("(1,theirs,,)", "(2,a,,)");
      assertThat(pair.records("kase")).containsExactly("(1,2,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void constraintsHoldForProvisionalIdsToo(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE client (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE)"
                .formatted(engine == Engine.POSTGRESQL ? "smallserial" : "smallint AUTO_INCREMENT"),
            "CREATE TABLE kase (id int PRIMARY KEY, client smallint UNIQUE REFERENCES client (id), CHECK (client > 0))")) {
      pair.match("client", "code").only("kase");
      pair.source(
          "INSERT INTO client (id, code) VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO kase (id, client) VALUES (1, 1), (2, 2)");
      pair.target(
          "INSERT INTO client (id, code) VALUES (2, 'a')",
          "INSERT INTO kase (id, client) VALUES (1, 2)");
      pair.merges("client +1 ~0 -0 =1 *0", "kase +1 ~0 -0 =1 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoTakesAProvisionalIdMakesThePlanStaleOrKeepsIt(Engine engine) {
    try (Pair pair = clients(engine)) {
      pair.match("client", "code").only("kase");
      pair.source(
          "INSERT INTO client (id, code) VALUES (5, 'a')",
          "INSERT INTO kase (id, client) VALUES (1, 5)");
      pair.target(
          "INSERT INTO client (id, code) VALUES (3, 'b')",
          "INSERT INTO kase (id, client) VALUES (1, 3)");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target(
            "INSERT INTO client (id, code) VALUES (4, 'theirs')", "UPDATE kase SET client = 4");
        assertThat(pair.refuses(planned::apply).kind()).isEqualTo(SyncException.Kind.REFUSED);
      }
      pair.merges("client +1 ~0 -0 =0 *2", "kase +0 ~1 -0 =0 *0");
      assertThat(pair.records("kase")).containsExactly("(1,5,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void areReplacedInFull(Engine engine) {
    try (Pair pair = clients(engine)) {
      pair.match("client", "code").only("kase");
      pair.source(
          "INSERT INTO client (id, code) VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO kase (id, client) VALUES (1, 1), (2, 2)");
      pair.target(
          "INSERT INTO client (id, code) VALUES (1, 'b'), (2, 'old')",
          "INSERT INTO kase (id, client) VALUES (1, 2), (9, 2)");
      pair.replace();
      assertThat(pair.records("client")).containsExactly("(1,b,,)", "(3,a,,)");
      assertThat(pair.records("kase")).containsExactly("(1,3,)", "(2,1,)");
      try (Planned again = pair.plan(MergePolicy.FULL_REPLACE)) {
        assertThat(again.plan().isEmpty()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatTookTheKeySinceThePlanIsStale(Engine engine) {
    try (Pair pair = clients(engine)) {
      pair.match("client", "code").only("kase");
      pair.source(
          "INSERT INTO client (id, code) VALUES (5, 'a')",
          "INSERT INTO kase (id, client) VALUES (1, 5)");
      pair.target("INSERT INTO client (id, code) VALUES (7, 'a')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("DELETE FROM client", "INSERT INTO client (id, code) VALUES (8, 'a')");
        SyncException refusal = pair.refuses(planned::apply);
        assertThat(refusal.details()).contains("public.client a is another row now, or none");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void chainsOfKeys(Engine engine) {
    String overriding = engine == Engine.POSTGRESQL ? "OVERRIDING SYSTEM VALUE " : "";
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE client (id %s PRIMARY KEY, owner int NOT NULL REFERENCES users (id), code varchar(40) NOT NULL,"
                    .formatted(
                        engine == Engine.POSTGRESQL
                            ? "bigint GENERATED ALWAYS AS IDENTITY"
                            : "bigint AUTO_INCREMENT")
                + " UNIQUE (owner, code))",
            "CREATE TABLE kase (id uuid PRIMARY KEY, client bigint NOT NULL REFERENCES client (id), number int NOT NULL,"
                + " UNIQUE (client, number))",
            "CREATE TABLE note (id %s PRIMARY KEY, kase uuid REFERENCES kase (id), n int NOT NULL, v varchar(40), UNIQUE (kase, n))"
                .formatted(SchemaWords.serial(engine)))) {
      pair.reference("users", "name")
          .match("client", "owner", "code")
          .match("kase", "number", "client")
          .only("note");
      pair.source(
          "INSERT INTO users VALUES (1, 'anna'), (2, 'bo')",
          "INSERT INTO client " + overriding + "VALUES (1, 1, 'x'), (2, 2, 'x'), (3, 2, 'y')",
          "INSERT INTO kase VALUES ('00000000-0000-0000-0000-000000000001', 1, 1), ('00000000-0000-0000-0000-000000000002', 2, 1), ('00000000-0000-0000-0000-000000000003', 3, 5)",
          "INSERT INTO note VALUES (1, '00000000-0000-0000-0000-000000000001', 1, 'note'), (2, '00000000-0000-0000-0000-000000000002', 2, 'note'), (3, '00000000-0000-0000-0000-000000000003', 3, 'note')");
      pair.target(
          "INSERT INTO users VALUES (1, 'bo'), (2, 'anna')",
          "INSERT INTO client " + overriding + "VALUES (1, 1, 'x'), (2, 2, 'x')",
          "INSERT INTO kase VALUES ('00000000-0000-0000-0000-00000000000a', 1, 1)");

      pair.merges("client +1 ~0 -0 =2 *0", "kase +2 ~0 -0 =1 *0", "note +3 ~0 -0 =0 *0");

      String told =
          "SELECT CONCAT(u.name, c.code, k.number, n.n) FROM note n JOIN kase k ON k.id = n.kase"
              + " JOIN client c ON c.id = k.client JOIN users u ON u.id = c.owner ORDER BY n.n";
      assertThat(pair.target.rows(told)).isEqualTo(pair.source.rows(told)).hasSize(3);
      assertThat(pair.value("SELECT id FROM kase WHERE number = 5"))
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4.*");
    }
  }

  @ParameterizedTest
  @EnumSource
  void joinTablesOfTwoSuchTables(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE a (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE)"
                .formatted(SchemaWords.serial(engine)),
            "CREATE TABLE b (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE)"
                .formatted(SchemaWords.serial(engine)),
            "CREATE TABLE a_bs (id %s PRIMARY KEY, a_id int NOT NULL REFERENCES a (id), b_id int NOT NULL REFERENCES b (id), UNIQUE (a_id, b_id))"
                .formatted(SchemaWords.serial(engine)))) {
      pair.match("a", "code").match("b", "code");
      pair.source(
          "INSERT INTO a VALUES (1, 'one'), (2, 'two')",
          "INSERT INTO b VALUES (1, 'x'), (2, 'y')",
          "INSERT INTO a_bs VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2)");
      pair.target(
          "INSERT INTO a VALUES (2, 'one')",
          "INSERT INTO b VALUES (1, 'y')",
          "INSERT INTO a_bs VALUES (5, 2, 1)");
      pair.merges("a +1 ~0 -0 =1 *0", "b +1 ~0 -0 =1 *0", "a_bs +2 ~0 -0 =1 *0");
      String told =
          "SELECT CONCAT(a.code, b.code) FROM a JOIN a_bs ON a.id = a_id JOIN b ON b.id = b_id ORDER BY 1";
      assertThat(pair.target.rows(told)).isEqualTo(pair.source.rows(told)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatStandsTwiceIsRefused(Engine engine) {
    try (Pair pair = clients(engine)) {
      pair.match("client", "code");
      SyncException refusal =
          pair.refuses(() -> pair.planRows("client", "a\tAnna\t\\N", "a\tOther\t\\N").close());
      assertThat(refusal.details()).containsExactly("public.client a stands more than once");
    }
  }
}
