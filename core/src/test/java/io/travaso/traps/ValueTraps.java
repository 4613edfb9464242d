package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Values that change on the way. */
abstract class ValueTraps extends Traps {

  ValueTraps(PostgresServer server) {
    super(server);
  }

  /** Each value created in a row, and written over each of the others. */
  private Crossing written(String type, String... values) {
    StringBuilder dev = new StringBuilder();
    StringBuilder prod = new StringBuilder();
    int id = 0;
    for (String value : values) {
      String literal = value.equals("NULL") ? "NULL" : "'" + value.replace("'", "''") + "'";
      dev.append("INSERT INTO t VALUES (%d, %s);".formatted(++id, literal));
      for (String other : values) {
        String before = other.equals("NULL") ? "NULL" : "'" + other.replace("'", "''") + "'";
        dev.append("INSERT INTO t VALUES (%d, %s);".formatted(++id, literal));
        prod.append("INSERT INTO t VALUES (%d, %s);".formatted(id, before));
      }
    }
    return crossing("CREATE TABLE t (id int PRIMARY KEY, v " + type + ")")
        .dev(dev.toString())
        .prod(prod.toString());
  }

  @Test
  @Holds(value = "P1", as = EXACT)
  void jsonThatHoldsAnEscapedNul() {
    written("json", "{\"a\": \"\\u0000\"}", "\"\\u0000\"", "\"\"").arrivesWhole();
  }

  @Test
  @Holds(value = "P2", as = EXACT)
  void negativeZero() {
    written("float8", "-0", "0", "NaN", "5e-324").arrivesWhole();
  }

  @Test
  @Holds(value = "P2", as = EXACT)
  void negativeZeroInsideOfOtherTypes() {
    written("float8[]", "{-0}", "{0}").arrivesWhole();
    written("point", "(-0,0)", "(0,-0)", "(0,0)").arrivesWhole();
  }

  /** Sets something for every session of one database, as its owner may. */
  private static void setting(TestDatabase database, String... settings) {
    for (String setting : settings) {
      database.execute("ALTER DATABASE " + database.name() + " SET " + setting);
    }
  }

  private static void reset(TestDatabase database) {
    database.execute("ALTER DATABASE " + database.name() + " RESET ALL");
  }

  @Test
  @Holds(value = "P3", as = EXACT)
  void floatsOfAServerThatPrintsFewerDigits() {
    Crossing crossing =
        written("float8", "0.1", "0.30000000000000004", "0.3", "1.7976931348623157e308");
    setting(crossing.dev(), "extra_float_digits = -15");
    setting(crossing.prod(), "extra_float_digits = 0");

    crossing.replace();
    crossing.settled();
    reset(crossing.dev());
    reset(crossing.prod());

    assertThat(Crossing.rows(crossing.prod(), "t"))
        .isEqualTo(Crossing.rows(crossing.dev(), "t"))
        .contains("(10,0.30000000000000004)");
  }

  @Test
  @Holds(value = "P4", as = EXACT)
  void serversThatWriteDatesTimesAndBytesInTheirOwnWay() {
    Crossing crossing =
        crossing(
            "CREATE TABLE t (id int PRIMARY KEY, d date, at timestamptz, i interval, b bytea, m money)");
    setting(
        crossing.dev(),
        "datestyle = 'SQL, DMY'",
        "intervalstyle = 'sql_standard'",
        "timezone = 'America/New_York'",
        "bytea_output = 'escape'");
    setting(
        crossing.prod(),
        "datestyle = 'Postgres, MDY'",
        "intervalstyle = 'iso_8601'",
        "timezone = 'Asia/Kathmandu'");
    crossing.dev(
        "INSERT INTO t VALUES (1, '2024-04-03', '2024-04-03 10:00+00',"
            + " '-1 year -2 months +3 days -04:05:06', '\\x00ff5c', '1234.56')");

    crossing.sync();
    crossing.settled();
    reset(crossing.dev());
    reset(crossing.prod());

    assertThat(Crossing.rows(crossing.prod(), "t"))
        .isEqualTo(Crossing.rows(crossing.dev(), "t"))
        .allMatch(row -> row.startsWith("(1,2024-04-03,"));
  }

  @Test
  @Holds(value = "P5", as = EXACT)
  void numbersWithScaleAndWithoutEnd() {
    written("numeric", "1.1", "1.10", "1.100", "NaN", "-0.00", "1e-16383", "9".repeat(1000))
        .arrivesWhole();
    if (version() >= 14) {
      written("numeric", "Infinity", "-Infinity", "NaN").arrivesWhole();
    }
  }

  @Test
  @Holds(value = "P6", as = EXACT)
  void timesOutsideOfTheCalendar() {
    written(
            "timestamptz",
            "infinity",
            "-infinity",
            "4713-01-01 00:00:00+00 BC",
            "0044-03-15 10:00:00+00 BC",
            "9999-12-31 23:59:59.999999+00",
            "10000-01-01 00:00:00+00",
            "294276-12-31 23:59:59.999999+00")
        .arrivesWhole();
    written("time", "24:00", "00:00", "23:59:59.999999").arrivesWhole();
    written("date", "infinity", "-infinity", "4713-01-01 BC", "5874897-12-31").arrivesWhole();
  }

  @Test
  @Holds(value = "P7", as = EXACT)
  void nullAndTheWordNull() {
    written("text[]", "{NULL}", "{\"NULL\"}", "{null,\"null\",\"\"}", "{}", "NULL").arrivesWhole();
    written("text", "NULL", "", "\\N", "null").arrivesWhole();
  }

  @Test
  @Holds(value = "P7", as = EXACT)
  void arraysThatDoNotBeginWithOne() {
    written("int[]", "[0:1]={1,2}", "{1,2}", "[-5:-5][2:3]={{1,2}}", "{{1,2}}").arrivesWhole();
  }

  @Test
  @Holds(value = "P7", as = EXACT)
  void hstoreNullAndTheWordNull() {
    Crossing crossing = crossing().admin("CREATE EXTENSION hstore");
    crossing
        .both("CREATE TABLE t (id int PRIMARY KEY, v hstore)")
        .dev("INSERT INTO t VALUES (1, 'a=>NULL, b=>\"NULL\"'), (2, ''), (3, NULL)")
        .prod("INSERT INTO t VALUES (1, 'a=>\"NULL\", b=>NULL'), (2, NULL), (3, '')")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P8", as = EXACT)
  void jsonAsItIsSpelled() {
    written(
            "json",
            "{\"b\":1 , \"a\":2,\"b\":3}",
            "{\"a\":2,\"b\":3}",
            "[1.0,\n1.00, 1e5]",
            "[1,1,100000]",
            "null",
            "NULL")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P8", as = EXACT)
  void jsonbBeyondDoubleAndItsTwoNulls() {
    written(
            "jsonb",
            "[9007199254740993]",
            "[9007199254740992]",
            "[1e400]",
            "[0.10]",
            "[0.1]",
            "null",
            "NULL",
            "{\"$json\": null}",
            "{\"$json\": {\"$json\": 1}}")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P10", as = EXACT)
  void keysOfOneMeaningAndSeveralTexts() {
    crossing(
            "CREATE TABLE n (k numeric PRIMARY KEY, v text)",
            "CREATE TABLE c (k char(5) PRIMARY KEY, v text)",
            "CREATE TABLE f (k float8 PRIMARY KEY, v text)",
            "CREATE TABLE i (k interval PRIMARY KEY, v text)")
        .dev(
            "INSERT INTO n VALUES (1.00, 'new'), (2.5, 'created')",
            "INSERT INTO c VALUES ('ab', 'new')",
            "INSERT INTO f VALUES ('-0', 'new')",
            "INSERT INTO i VALUES ('1 day', 'new')")
        .prod(
            "INSERT INTO n VALUES (1.0, 'old')",
            "INSERT INTO c VALUES ('ab   ', 'old')",
            "INSERT INTO f VALUES ('0', 'old')",
            "INSERT INTO i VALUES ('24:00', 'old')")
        .arrives()
        .holds("n", "(1.00,new)", "(2.5,created)")
        .holds("c", "(\"ab   \",new)")
        .holds("f", "(-0,new)")
        .holds("i", "(\"1 day\",new)");
  }

  @Test
  @Holds(value = "P10", as = EXACT)
  void keysThatIgnoreCase() {
    Crossing crossing = crossing().admin("CREATE EXTENSION citext");
    crossing
        .both("CREATE TABLE t (k citext PRIMARY KEY, v text)")
        .dev("INSERT INTO t VALUES ('ABC', 'new')")
        .prod("INSERT INTO t VALUES ('Abc', 'old')")
        .arrives()
        .holds("t", "(ABC,new)");
  }

  @Test
  @Holds(value = "P11", as = REFUSED)
  void largeObjects() {
    String schema = "CREATE TABLE doc (id int PRIMARY KEY, name text, content oid, page lo)";
    Crossing crossing = crossing().admin("CREATE EXTENSION lo");
    crossing.both(schema).dev("INSERT INTO doc VALUES (1, 'a', lo_from_bytea(0, '\\x01'), NULL)");
    crossing.refused("public.doc", "content", "large object", "1");

    crossing
        .dev("UPDATE doc SET content = NULL, page = lo_from_bytea(0, '\\x02')")
        .refused("public.doc", "page", "large object");
  }

  @Test
  @Holds(value = "P11", as = REFUSED)
  void largeObjectsOfTheTarget() {
    crossing("CREATE TABLE doc (id int PRIMARY KEY, content oid)")
        .dev("INSERT INTO doc VALUES (1, NULL)")
        .prod("INSERT INTO doc VALUES (1, lo_from_bytea(0, '\\x01'))")
        .refused("public.doc", "content", "large object");
  }

  @Test
  @Holds(value = "P11", as = EXACT)
  void objectNumbersThatAreJustNumbers() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, relation oid)")
        .dev("INSERT INTO t VALUES (1, 4294967295), (2, 'pg_class'::regclass), (3, 0)")
        .prod("INSERT INTO t VALUES (1, 1)")
        .arrivesWhole();
  }
}
