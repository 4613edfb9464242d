package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.PostgresServer;
import org.junit.jupiter.api.Test;

/** What a role may not do is said before anything is staged, with the GRANT that allows it. */
class RightsIT {
  private static final String APP = PostgresServer.shared().user();
  private static final String ROLE = '"' + APP + "\";";

  /** Tables of somebody else's. */
  private static Pair pair() {
    return Pair.of()
        .admin(
            "CREATE TABLE t (id serial PRIMARY KEY, v text)",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)",
            "GRANT SELECT ON t TO " + APP,
            "INSERT INTO t VALUES (1, 'a')");
  }

  private static SyncException refusal(Pair pair, MergePolicy policy) {
    SyncException failure = Pair.failure(() -> pair.run(policy));
    assertThat(failure.what()).contains("The role ", "lacks rights");
    return failure;
  }

  @Test
  void toWrite() {
    try (Pair pair =
        Pair.of()
            .admin(
                "CREATE TABLE t (id serial PRIMARY KEY, v text)", "GRANT SELECT ON t TO " + APP)) {
      assertThat(refusal(pair, MergePolicy.UPSERT).details())
          .containsExactlyInAnyOrder(
              "GRANT INSERT, UPDATE ON \"public\".\"t\" TO " + ROLE,
              "GRANT SELECT, UPDATE ON SEQUENCE \"public\".\"t_id_seq\" TO " + ROLE);
    }
  }

  @Test
  void theGrantsAreEnough() {
    try (Pair pair = pair()) {
      pair.only("t");
      for (MergePolicy policy : MergePolicy.values()) {
        refusal(pair, policy).details().forEach(grant -> pair.target.executeAsAdmin(grant));
        pair.target.executeAsAdmin("UPDATE t SET v = 'old'");
        pair.source.executeAsAdmin("INSERT INTO t (id) VALUES (nextval('t_id_seq') + 10)");
        pair.run(policy);
      }
      assertThat(pair.rows("t")).isEqualTo(pair.source.rows("SELECT t::text FROM t ORDER BY 1"));
    }
  }

  @Test
  void toDeleteOnlyWhereSomethingCouldBe() {
    try (Pair pair = pair()) {
      pair.only("t");
      pair.target.executeAsAdmin(
          "GRANT INSERT, UPDATE ON t TO " + APP,
          "GRANT SELECT, UPDATE ON SEQUENCE t_id_seq TO " + APP,
          "UPDATE t SET v = 'old'");

      pair.merges("t +0 ~1 -0 =0 *0");

      assertThat(refusal(pair, MergePolicy.FULL_REPLACE).details())
          .containsExactlyInAnyOrder(
              "GRANT DELETE ON \"public\".\"t\" TO " + ROLE,
              "GRANT SELECT, UPDATE ON \"public\".\"log\" TO " + ROLE);
    }
  }

  @Test
  void toLookUpReferences() {
    try (Pair pair = Pair.of()) {
      pair.admin(
          "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
          "GRANT REFERENCES ON users TO " + APP);
      pair.both("CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users)")
          .reference("users", "name");

      assertThat(refusal(pair, MergePolicy.UPSERT).details())
          .containsExactly("GRANT SELECT ON \"public\".\"users\" TO " + ROLE);
    }
  }

  @Test
  void toFindTheSchema() {
    try (Pair pair = Pair.of()) {
      pair.admin(
          "CREATE SCHEMA hidden",
          "CREATE TABLE hidden.t (id int PRIMARY KEY)",
          "GRANT ALL ON hidden.t TO " + APP);

      assertThat(Pair.text(Pair.failure(pair::merge)))
          .contains("GRANT USAGE ON SCHEMA \"hidden\" TO " + ROLE);
    }
  }

  @Test
  void toStage() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY)")) {
      String database = pair.target.name();
      pair.target.executeAsAdmin(
          "REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC, " + APP);
      try {
        assertThat(refusal(pair, MergePolicy.UPSERT).details())
            .containsExactly("GRANT TEMPORARY ON DATABASE " + database + " TO " + ROLE);
      } finally {
        pair.target.executeAsAdmin(
            "GRANT TEMPORARY ON DATABASE " + database + " TO PUBLIC, " + APP);
      }
    }
  }

  @Test
  void rowLevelSecurityThatHidesRowsIsRefused() {
    try (Pair pair =
        Pair.of()
            .admin(
                "CREATE TABLE t (id int PRIMARY KEY)",
                "GRANT ALL ON t TO " + APP,
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON t USING (id < 5)",
                "INSERT INTO t VALUES (1), (9)")) {
      assertThat(Pair.text(Pair.failure(pair::merge))).contains("public.t", "row-level security");
    }
  }

  @Test
  void rowLevelSecurityThatTheOwnerForcesOnItselfIsRefused() {
    try (Pair pair =
        Pair.of("CREATE TABLE t (id int PRIMARY KEY)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY")) {
      pair.merges("t +0 ~0 -0 =0 *0");
      pair.both("ALTER TABLE t FORCE ROW LEVEL SECURITY");
      assertThat(Pair.text(Pair.failure(pair::merge))).contains("public.t", "row-level security");
    }
  }

  @Test
  void rowLevelSecurityOnAReferencedTableIsNoSilentSubset() {
    try (Pair pair = Pair.of()) {
      pair.admin(
          "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
          "GRANT SELECT, REFERENCES ON users TO " + APP,
          "INSERT INTO users VALUES (1, 'a'), (2, 'b')");
      pair.both("CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users)")
          .reference("users", "name");
      pair.source("INSERT INTO t VALUES (1, 2)");
      pair.admin(
          "ALTER TABLE users ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON users USING (id < 2)");

      assertThat(Pair.text(Pair.failure(pair::merge))).contains("row-level security");
    }
  }
}
