package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oldest and the newest PostgreSQL do the same; the other tests of the merge run on one. */
class VersionsIT {

  private static Pair on(int major, String... schema) {
    return Pair.on(PostgresServer.ofVersion(major), schema);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18})
  void everydayTables(int major) {
    try (Pair pair =
        on(
            major,
            "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
            "CREATE TABLE client (id serial PRIMARY KEY, name text, balance numeric(12,2), data jsonb, at timestamptz)",
            "CREATE TABLE kase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client int NOT NULL REFERENCES client"
                + " DEFERRABLE INITIALLY DEFERRED, parent bigint REFERENCES kase, u int REFERENCES users)",
            "CREATE TABLE client_kase (id serial PRIMARY KEY, client_id int NOT NULL REFERENCES client,"
                + " kase_id bigint NOT NULL REFERENCES kase, UNIQUE (client_id, kase_id))")) {
      pair.reference("users", "name");
      pair.source(
          "INSERT INTO users VALUES (1, 'anna')",
          "INSERT INTO client SELECT n, 'c' || n, n, '{\"n\": 1.0}', '2024-01-01' FROM generate_series(1, 50) AS n",
          "INSERT INTO kase OVERRIDING SYSTEM VALUE SELECT n, n, 51 - n, 1 FROM generate_series(1, 50) AS n",
          "INSERT INTO client_kase (client_id, kase_id) SELECT n, n FROM generate_series(1, 50) AS n");
      pair.target(
          "INSERT INTO users VALUES (7, 'anna')",
          "INSERT INTO client SELECT n, 'c' || n, n, '{\"n\": 1.0}', '2024-01-01' FROM generate_series(11, 60) AS n",
          "UPDATE client SET balance = 0 WHERE id = 20",
          "UPDATE client SET data = '{\"n\": 1.00}' WHERE id = 21",
          "INSERT INTO kase OVERRIDING SYSTEM VALUE VALUES (60, 60, NULL, 7)",
          "INSERT INTO client_kase (client_id, kase_id) VALUES (60, 60)");

      pair.merges(
          "client +10 ~2 -0 =38 *10", "kase +50 ~0 -0 =0 *1", "client_kase +50 ~0 -0 =0 *1");
      assertThat(pair.value("INSERT INTO kase (client) VALUES (1) RETURNING id")).isEqualTo("61");
      assertThat(Pair.counts(pair.replace().plan()))
          .containsExactlyInAnyOrder(
              "client +0 ~0 -10 =50 *0", "kase +0 ~0 -2 =50 *0", "client_kase +0 ~0 -1 =50 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18})
  void circlesAndFreedValues(int major) {
    try (Pair pair =
        on(
            major,
            "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL, code text UNIQUE)",
            "CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a ON DELETE CASCADE)",
            "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b ON DELETE RESTRICT")) {
      String pairOf =
          "WITH x AS (INSERT INTO a VALUES (%1$d, %1$d, '%2$s')) INSERT INTO b VALUES (%1$d, %1$d)";
      pair.source(
          pairOf.formatted(1, "renamed"), pairOf.formatted(2, "one"), pairOf.formatted(3, "nine"));
      pair.target(pairOf.formatted(1, "one"), pairOf.formatted(9, "nine"));

      pair.replaces("a +2 ~1 -1 =0 *0", "b +2 ~0 -1 =1 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18})
  void partitionsGeneratedColumnsAndValues(int major) {
    try (Pair pair =
        on(
            major,
            "CREATE TABLE p (id serial, day date, v float8, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
            "CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
            "CREATE TABLE p_2 PARTITION OF p DEFAULT",
            "CREATE TABLE g (id int PRIMARY KEY, n numeric, twice numeric GENERATED ALWAYS AS (n * 2) STORED)",
            "CREATE TABLE c (id int PRIMARY KEY, p int, day date, FOREIGN KEY (p, day) REFERENCES p)")) {
      List<String> more =
          new ArrayList<>(List.of("p +2 ~1 -0 =0 *0", "g +1 ~1 -0 =0 *0", "c +1 ~0 -0 =0 *0"));
      if (major >= 18) {
        pair.both(
            "CREATE TABLE virtual (id int PRIMARY KEY, n int, twice int GENERATED ALWAYS AS (n * 2) VIRTUAL)");
        pair.source("INSERT INTO virtual (id, n) VALUES (1, 4)");
        more.add("virtual +1 ~0 -0 =0 *0");
      }
      pair.source(
          "INSERT INTO p VALUES (1, '2024-05-05', '-0'), (2, '2023-05-05', 'NaN'), (3, 'infinity', 'Infinity')",
          "INSERT INTO g (id, n) VALUES (1, 1.10), (2, 'NaN')",
          "INSERT INTO c VALUES (1, 3, 'infinity')");
      pair.target(
          "INSERT INTO p VALUES (1, '2024-05-05', '0')", "INSERT INTO g (id, n) VALUES (1, 1.1)");

      pair.merges(more.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18})
  void refusals(int major) {
    try (Pair pair =
        on(
            major,
            "CREATE TABLE t (id int PRIMARY KEY, v text CHECK (v <> 'bad'))",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)")) {
      pair.only("t");
      pair.target("INSERT INTO t VALUES (5, 'own'); INSERT INTO log VALUES (1, 5)");
      assertThat(pair.refusesReplace().details()).hasSize(1);

      pair.source("INSERT INTO t VALUES (1, 'good')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("INSERT INTO t VALUES (1, 'theirs')");
        assertThat(pair.refuses(planned::apply).kind()).isEqualTo(SyncException.Kind.REFUSED);
      }
      pair.source("ALTER TABLE t DROP CONSTRAINT t_v_check; INSERT INTO t VALUES (2, 'bad')");
      assertThat(pair.refusesMerge().details()).containsExactly("public.t 2: refused by t_v_check");
    }
  }
}
