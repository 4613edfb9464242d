package io.travaso.traps;

import static io.travaso.traps.Outcome.DOCUMENTED;
import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine does to rows when it is asked in the usual way. */
abstract class EngineTraps extends Traps {

  EngineTraps(PostgresServer server) {
    super(server);
  }

  /** The tables are somebody else's: the role may write rows and nothing more. */
  @Test
  @Holds(value = "A1", as = EXACT)
  void tablesThatReferenceEachOther() {
    Crossing crossing = crossing();
    crossing.admin(
        "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL)",
        "CREATE TABLE b (id int PRIMARY KEY, c int NOT NULL)",
        "CREATE TABLE c (id int PRIMARY KEY, a int NOT NULL REFERENCES a)",
        "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b",
        "ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON a, b, c TO app");
    crossing
        .dev(
            "WITH x AS (INSERT INTO a SELECT n, 51 - n FROM generate_series(1, 50) AS n),"
                + " y AS (INSERT INTO b SELECT n, n FROM generate_series(1, 50) AS n)"
                + " INSERT INTO c SELECT n, 51 - n FROM generate_series(1, 50) AS n")
        .prod(
            "WITH x AS (INSERT INTO a VALUES (1, 1), (99, 99)), y AS (INSERT INTO b VALUES (1, 1),"
                + " (99, 99)) INSERT INTO c VALUES (1, 1), (99, 99)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "A2", as = REFUSED)
  void aUniqueValueThatAnotherRowHolds() {
    crossing("CREATE TABLE client (id int PRIMARY KEY, email text UNIQUE, name text)")
        .dev("INSERT INTO client VALUES (3, 'a@x', 'Carol')")
        .prod("INSERT INTO client VALUES (1, 'a@x', 'Alice')")
        .refused("public.client", "email", "1", "3");
  }

  @Test
  @Holds(value = "A3", as = REFUSED)
  void aMergeThatFailsInItsLastTable() {
    crossing(
            "CREATE TABLE a (id serial PRIMARY KEY, v text)",
            "CREATE TABLE b (id int PRIMARY KEY REFERENCES a, n int)")
        .dev("INSERT INTO a SELECT n, 'new' FROM generate_series(1, 100) AS n")
        .dev("INSERT INTO b SELECT n, n FROM generate_series(1, 100) AS n")
        .prod(
            "INSERT INTO a VALUES (1, 'old')", "ALTER TABLE b ADD CONSTRAINT small CHECK (n < 100)")
        .refused("public.b", "small");
  }

  @Test
  @Holds(value = "A4", as = REFUSED)
  void tablesThatFollowByCascade() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE near (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)",
            "CREATE TABLE far (id int PRIMARY KEY, near int REFERENCES near ON DELETE CASCADE)",
            "CREATE TABLE loose (id int PRIMARY KEY, t int REFERENCES t ON DELETE SET NULL)")
        .outside("near", "far", "loose")
        .dev("INSERT INTO t VALUES (1)")
        .prod(
            "INSERT INTO t VALUES (1), (2), (3)",
            "INSERT INTO near VALUES (21, 2)",
            "INSERT INTO far VALUES (31, 21)",
            "INSERT INTO loose VALUES (41, 3)")
        .refusesReplace("public.near 21", "public.loose 41");
  }

  @Test
  @Holds(value = "A4", as = EXACT)
  void tablesOutsideThatNothingReaches() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE near (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)")
        .outside("near")
        .dev("INSERT INTO t VALUES (1)")
        .prod("INSERT INTO t VALUES (1), (2)", "INSERT INTO near VALUES (21, 1)")
        .arrivesWhole("t")
        .holds("near", "(21,1)");
  }

  @Test
  @Holds(value = "A10", as = DOCUMENTED)
  void oneIdForTwoRows() {
    crossing("CREATE TABLE client (id int PRIMARY KEY, name text)")
        .dev("INSERT INTO client VALUES (102, 'made in dev')")
        .prod("INSERT INTO client VALUES (102, 'made in prod')")
        .arrives()
        .holds("client", "(102,\"made in dev\")")
        .documented(
            "README.md", "the first time two sides sync, and in an import, the source wins");
  }

  @Test
  @Holds(value = "A10", as = EXACT)
  void rowsRecognisedByWhatTheyMean() {
    Crossing crossing =
        crossing(
                "CREATE TABLE client (id serial PRIMARY KEY, code text NOT NULL UNIQUE, name text)",
                "CREATE TABLE note (code text PRIMARY KEY, client int NOT NULL REFERENCES client)")
            .tables("{table: client, match: [code]}", "note")
            .dev(
                "INSERT INTO client VALUES (101, 'a', 'new'), (102, 'd', 'made in dev')",
                "INSERT INTO note VALUES ('x', 101), ('y', 102)")
            .prod(
                "INSERT INTO client VALUES (7, 'a', 'old'), (102, 'p', 'made in prod')",
                "SELECT setval('client_id_seq', 102)");
    crossing.sync();
    crossing
        .settled()
        .holds("client", "(7,a,new)", "(102,p,\"made in prod\")", "(103,d,\"made in dev\")")
        .holds("note", "(x,7)", "(y,103)");
  }

  @Test
  @Holds(value = "A11", as = EXACT)
  void equalRowsAndRowsOfTheTargetsOwnStayUntouched() {
    Crossing crossing =
        crossing("CREATE TABLE t (id int PRIMARY KEY, a int, b int)")
            .dev("INSERT INTO t SELECT n, n, -n FROM generate_series(1, 1000) AS n")
            .prod("INSERT INTO t SELECT n, n, -n FROM generate_series(1, 1112) AS n")
            // Pairs that a sum or an XOR would not notice.
            .prod("UPDATE t SET a = b, b = a WHERE id IN (10, 11)")
            .prod("UPDATE t SET a = 21 - a + 20 WHERE id IN (20, 21)");
    List<String> before = places(crossing);

    crossing.arrives();

    assertThat(places(crossing)).isEqualTo(before).hasSize(1108);
  }

  private static List<String> places(Crossing crossing) {
    return crossing
        .prod()
        .rows("SELECT ctid, xmin, id FROM t WHERE id NOT IN (10, 11, 20, 21) ORDER BY id");
  }

  @Test
  @Holds(value = "A12", as = EXACT)
  @Holds(value = "J1", as = EXACT)
  void rowsOfManyMegabytes() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, a text, b bytea)")
        .dev(
            "INSERT INTO t VALUES (1, repeat('x\t\\é', 5000000), decode(repeat('00ff', 2000000),"
                + " 'hex'))")
        .prod("INSERT INTO t VALUES (1, 'small', NULL)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "A12", as = DOCUMENTED)
  void oneRowMustFit() {
    crossing("CREATE TABLE t (id int PRIMARY KEY)")
        .documented("README.md", "One row must fit into memory");
  }
}
