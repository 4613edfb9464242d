package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.PostgresServer;
import org.junit.jupiter.api.Test;

/** Rows that are taken for others, or come without those they belong to. */
abstract class RowTraps extends Traps {

  RowTraps(PostgresServer server) {
    super(server);
  }

  @Test
  @Holds(value = "P15", as = EXACT)
  void valuesThatChangePlaces() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL UNIQUE, place int NOT NULL, list int NOT NULL,"
                + " UNIQUE (list, place))")
        .dev("INSERT INTO t VALUES (1, 'b', 2, 1), (2, 'c', 3, 1), (3, 'a', 1, 1)")
        .prod("INSERT INTO t VALUES (1, 'a', 1, 1), (2, 'b', 2, 1), (3, 'c', 3, 1)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P16", as = REFUSED)
  void keysThatMayBeNull() {
    crossing("CREATE TABLE t (id serial PRIMARY KEY, code text UNIQUE)")
        .tables("{table: t, match: [code]}")
        .dev("INSERT INTO t (code) VALUES (NULL), (NULL)")
        .refused("public.t", "code", "NOT NULL");
  }

  @Test
  @Holds(value = "P17", as = REFUSED)
  void oneKeyTwiceInAFixture() {
    Crossing crossing =
        crossing("CREATE TABLE t (id int PRIMARY KEY, v text)")
            .dev("INSERT INTO t VALUES (1, 'first'), (2, 'second')");
    Edited fixture = Edited.of(crossing.export()).replace("\"pk\": 2", "\"pk\": 1");
    crossing.refuses(() -> crossing.merge(fixture.save()), "public.t", "1");
  }

  @Test
  @Holds(value = "P26", as = REFUSED)
  void aFieldThatIsMissingIsNotNull() {
    Crossing crossing =
        crossing("CREATE TABLE t (id int PRIMARY KEY, v text, n int)")
            .dev("INSERT INTO t VALUES (1, 'a', 5)")
            .prod("INSERT INTO t VALUES (1, 'a', 5)");
    Edited fixture = Edited.of(crossing.export()).replace(", \"n\": 5", "");
    crossing.refuses(() -> crossing.merge(fixture.save()), "public.t", "n", "1");
  }

  @Test
  @Holds(value = "P27", as = EXACT)
  void textKeysInTheOrderOfTheServersLanguage() {
    Crossing crossing = crossing();
    String other =
        crossing
            .dev()
            .rows(
                "SELECT coalesce((SELECT quote_ident(collname) FROM pg_collation"
                    + " WHERE collname IN ('en-x-icu', 'it-x-icu', 'en_US.utf8') ORDER BY 1 LIMIT 1), '\"POSIX\"')")
            .get(0);
    String table = "CREATE TABLE t (k text COLLATE %s PRIMARY KEY, v text)";
    String rows =
        "INSERT INTO t SELECT k, '%s' FROM unnest(ARRAY['B', 'a', 'A', 'b', 'ä', 'Z', '_', ' ', '', 'a b',"
            + " 'ab', 'é', 'e', 'ß', 'ss', '😀', '1', '10', '2', 'a-b']) AS k";
    crossing
        .dev(table.formatted("\"C\""), rows.formatted("new"))
        .prod(table.formatted(other), rows.formatted("old"), "DELETE FROM t WHERE k > 'b'")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P28", as = EXACT)
  void rowsThatReferToRowsOfTheirOwnTable() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, parent int NOT NULL REFERENCES t, v text)")
        .dev("INSERT INTO t SELECT n, 1 + n % 500, 'x' FROM generate_series(1, 500) AS n")
        .prod("INSERT INTO t VALUES (3, 3, 'old')")
        .arrivesWhole();
  }

  private static final String USERS =
      "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE);"
          + "CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users)";

  private Crossing users() {
    return crossing(USERS).outside("users").configured("references: {users: {match: [name]}}");
  }

  @Test
  @Holds(value = "P29", as = EXACT)
  void usersThatHaveOtherIdsOverThere() {
    Crossing crossing =
        users()
            .dev(
                "INSERT INTO users VALUES (1, 'anna'), (2, 'bruno')",
                "INSERT INTO t VALUES (1, 1), (2, 2)")
            .prod(
                "INSERT INTO users VALUES (1, 'bruno'), (7, 'anna')",
                "INSERT INTO t VALUES (1, 1)");
    crossing.sync();
    crossing.settled().holds("t", "(1,7)", "(2,1)");
  }

  @Test
  @Holds(value = "P29", as = REFUSED)
  void usersThatAreMissingOverThere() {
    users()
        .dev(
            "INSERT INTO users VALUES (1, 'anna'), (2, 'bruno'), (3, 'carla')",
            "INSERT INTO t VALUES (11, 1), (12, 2), (13, 3)")
        .prod("INSERT INTO users VALUES (5, 'bruno')")
        .refused("users", "anna", "carla", "11", "13");
  }

  @Test
  @Holds(value = "P29", as = REFUSED)
  void rowsToBeDeletedThatTablesOutsideRefer() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)")
        .outside("log")
        .prod("INSERT INTO t VALUES (1), (2)", "INSERT INTO log VALUES (1, 2)")
        .refusesReplace("public.log 1", "public.t");
  }

  @Test
  @Holds(value = "P29", as = EXACT)
  void contentTypesThatHaveOtherIdsOverThere() {
    Crossing crossing =
        crossing(
                "CREATE TABLE django_content_type (id serial PRIMARY KEY, app_label text NOT NULL,"
                    + " model text NOT NULL, UNIQUE (app_label, model))",
                "CREATE TABLE shop_tag (id int PRIMARY KEY, content_type_id int NOT NULL"
                    + " REFERENCES django_content_type, object_id int NOT NULL)",
                "CREATE TABLE shop_item (id int PRIMARY KEY)")
            .outside("django_content_type")
            .dev(
                "INSERT INTO django_content_type VALUES (1, 'shop', 'item'), (2, 'shop', 'tag')",
                "INSERT INTO shop_item VALUES (5)",
                "INSERT INTO shop_tag VALUES (1, 1, 5)")
            .prod("INSERT INTO django_content_type VALUES (1, 'shop', 'tag'), (2, 'shop', 'item')");
    crossing.sync();
    crossing.settled().holds("shop_tag", "(1,2,5)");
  }

  @Test
  @Holds(value = "P29b", as = REFUSED)
  void aReferencedTableThatNobodySpokeOf() {
    crossing(
            "CREATE TABLE forgotten (id int PRIMARY KEY)",
            "CREATE TABLE t (id int PRIMARY KEY, f int REFERENCES forgotten)")
        .tables("t")
        .dev("INSERT INTO forgotten VALUES (1)", "INSERT INTO t VALUES (1, 1)")
        .refused("forgotten", "tables", "references");
  }

  @Test
  @Holds(value = "P30", as = EXACT)
  void moreValuesThanAStatementTakesParameters() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, v text)")
        .dev("INSERT INTO t SELECT n, 'v' || n FROM generate_series(1, 70000) AS n")
        .prod("INSERT INTO t SELECT n, 'old' FROM generate_series(1, 40000) AS n")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P31", as = EXACT)
  void anExportSeesOneMomentOnly() {
    Crossing crossing =
        crossing(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY REFERENCES a)")
            .dev("INSERT INTO a SELECT generate_series(1, 20000)", "INSERT INTO b VALUES (1)");

    crossing.syncWhile("INSERT INTO a VALUES (99999); INSERT INTO b VALUES (99999), (2)");

    crossing.holds("b", "(1)");
    assertThat(crossing.dev().rows("SELECT count(*) FROM b")).containsExactly("3");
  }

  @Test
  @Holds(value = "P32", as = EXACT)
  void linksWithIdsOfTheirOwn() {
    Crossing crossing =
        crossing(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "CREATE TABLE a_b (id serial PRIMARY KEY, a_id int NOT NULL REFERENCES a,"
                    + " b_id int NOT NULL REFERENCES b, UNIQUE (a_id, b_id))",
                "INSERT INTO a VALUES (1), (2)",
                "INSERT INTO b VALUES (1), (2)")
            .dev("INSERT INTO a_b VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1)")
            .prod("INSERT INTO a_b VALUES (1, 2, 2), (2, 1, 1), (9, 1, 2)")
            .prod("SELECT setval('a_b_id_seq', 9)");
    crossing.sync();
    crossing.settled().holds("a_b", "(1,2,2)", "(2,1,1)", "(9,1,2)", "(10,2,1)");
  }
}
