package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.MariaDbServer;
import org.junit.jupiter.api.Test;

/** Values that MariaDB, its driver or its clients change on the way. */
abstract class MariaDbValueTraps extends MariaDbTraps {

  MariaDbValueTraps(MariaDbServer server) {
    super(server);
  }

  @Test
  @Holds(value = "M5", as = EXACT)
  void theKeyZero() {
    crossing("CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(20))")
        .dev(
            "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'; INSERT INTO t VALUES (0, 'zero'), (-5, 'below'), (3, 'three')")
        .prod("INSERT INTO t VALUES (3, 'old')")
        .arrivesWhole()
        .holds("t", "0|zero", "-5|below", "3|three");
  }

  @Test
  @Holds(value = "M6", as = EXACT)
  void floatsAreNotRounded() {
    written("float", "16777216", "16777200", "0.1", "1.17549435e-38", "3.4e38", "NULL")
        .arrivesWhole();
    written("double", "0.1e0", "0.30000000000000004e0", "1e308", "-0e0", "0e0").arrivesWhole();
  }

  @Test
  @Holds(value = "M7", as = EXACT)
  void whatTheDriversObjectsDoNotHold() {
    written("tinyint(1)", "127", "1", "0", "-128").arrivesWhole();
    written("time", "'-838:59:59'", "'838:59:59'", "'01:00:00'").arrivesWhole();
    written("year", "2024", "1901", "0").arrivesWhole();
  }

  @Test
  @Holds(value = "M8", as = EXACT)
  void bits() {
    written("bit(1)", "b'0'", "b'1'", "NULL").arrivesWhole();
    written("bit(64)", "b'" + "1".repeat(64) + "'", "b'101'", "b'0'", "92").arrivesWhole();
  }

  @Test
  @Holds(value = "M8", as = EXACT)
  void bitsAndBytesThatRowsAreRecognisedBy() {
    Crossing crossing =
        crossing(
                "CREATE TABLE flag (id int AUTO_INCREMENT PRIMARY KEY, b bit(9) NOT NULL, raw varbinary(5) NOT NULL, UNIQUE (b, raw))",
                "CREATE TABLE t (id int PRIMARY KEY, flag int, FOREIGN KEY (flag) REFERENCES flag (id))")
            .tables("{table: flag, match: [b, raw]}", "t")
            .dev(
                "INSERT INTO flag VALUES (1, b'101', X'00ff'), (2, b'111111111', X'5c')",
                "INSERT INTO t VALUES (1, 1), (2, 2)")
            .prod(
                "INSERT INTO flag VALUES (1, b'111111111', X'5c')", "INSERT INTO t VALUES (2, 1)");
    crossing.sync();
    crossing.settled().holds("t", "1|2", "2|1");
  }

  @Test
  @Holds(value = "M9", as = EXACT)
  void zeroDatesAndEmptyChoices() {
    String loose = "SET sql_mode = '';";
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY, d date NOT NULL, at datetime(6) NOT NULL, e enum('a', 'b') NOT NULL, f enum('', 'x'), n date)")
        .dev(
            loose
                + "INSERT INTO t VALUES (1, '0000-00-00', '0000-00-00', 1, 1, NULL), (2, '2024-00-00', '2024-02-00 10:00:00.5', 1, 2, '0000-00-00'),"
                + " (3, '2024-01-01', '2024-01-01', 2, NULL, '2024-00-01')")
        .prod(
            loose
                + "INSERT INTO t VALUES (1, '2024-01-01', '2024-01-01', 0, 2, '0000-00-00'), (2, '0000-00-00', '0000-00-00', 0, 0, NULL)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "M9", as = REFUSED)
  void choicesThatAreNone() {
    // Also where '' is a choice, which it would become.
    crossing("CREATE TABLE t (id int PRIMARY KEY, e enum('a', '') NOT NULL)")
        .dev("SET sql_mode = ''; INSERT INTO t VALUES (7, 0), (8, '')")
        .prod("INSERT INTO t VALUES (7, 'a')")
        .refused("public.t 7", "none of the choices of e");
  }

  @Test
  @Holds(value = "M10", as = EXACT)
  void theHourThatIsThereTwice() {
    // The server's own clock is ahead of UTC; 00:30Z and 01:30Z were 02:30 twice in Rome.
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY, at timestamp(6) NULL, seen timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp())")
        .dev(
            "INSERT INTO t VALUES (1, '2024-10-27 00:30:00', '2024-10-27 01:30:00'), (2, '2024-10-27 01:30:00.5', '2024-10-27 00:30:00'),"
                + " (3, '2024-03-31 01:30:00', '2024-03-31 02:30:00')")
        .prod("INSERT INTO t VALUES (1, '2024-10-27 01:30:00', '2024-10-27 01:30:00')")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "M11", as = REFUSED)
  void rowsThatBecomeOneUnderTheTargetsCollation() {
    crossing()
        .dev("CREATE TABLE t (k varchar(20) COLLATE utf8mb4_nopad_bin PRIMARY KEY, v int)")
        .prod("CREATE TABLE t (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v int)")
        .dev("INSERT INTO t VALUES ('abc', 1), ('ABC', 2), ('äbc ', 3), ('x', 4)")
        .prod("INSERT INTO t VALUES ('Abc', 9)")
        .refused("public.t", "abc", "ABC");
  }

  @Test
  @Holds(value = "M11", as = REFUSED)
  void uniqueValuesThatBecomeOne() {
    crossing()
        .dev("CREATE TABLE t (id int PRIMARY KEY, code varchar(20) COLLATE utf8mb4_bin UNIQUE)")
        .prod(
            "CREATE TABLE t (id int PRIMARY KEY, code varchar(20) COLLATE utf8mb4_general_ci UNIQUE)")
        .dev("INSERT INTO t VALUES (1, 'abc'), (2, 'ÄBC')")
        .refused("public.t", "code", "1", "2");
  }

  @Test
  @Holds(value = "M11", as = EXACT)
  void aKeyThatChangesItsCase() {
    crossing(
            "CREATE TABLE t (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v int)",
            "CREATE TABLE u (id int PRIMARY KEY, k varchar(20) COLLATE utf8mb4_general_ci)")
        .dev(
            "INSERT INTO t VALUES ('ABC', 1), ('é', 1)",
            "INSERT INTO u VALUES (1, 'ABC'), (2, 'a ')")
        .prod(
            "INSERT INTO t VALUES ('abc', 1), ('e ', 1)",
            "INSERT INTO u VALUES (1, 'abc'), (2, 'a')")
        .arrives()
        .holds("t", "ABC|1", "é|1")
        .holds("u", "1|ABC", "2|a ");
  }

  @Test
  @Holds(value = "M17", as = EXACT)
  void unsignedNumbersBeyondTheSignedOnes() {
    crossing(
            "CREATE TABLE t (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, v bigint unsigned, UNIQUE (v))",
            "CREATE TABLE c (id int PRIMARY KEY, t bigint unsigned, FOREIGN KEY (t) REFERENCES t (id))")
        .dev(
            "INSERT INTO t VALUES (18446744073709551614, 18446744073709551615), (9223372036854775808, 0)",
            "INSERT INTO c VALUES (1, 18446744073709551614), (2, 9223372036854775808)")
        .prod("INSERT INTO t VALUES (9223372036854775808, 18446744073709551615)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "M18", as = EXACT)
  void charactersOfFourBytes() {
    Crossing crossing =
        crossing("CREATE TABLE `t😃` (id int PRIMARY KEY, v varchar(20))".replace("😃", "é"))
            .dev("INSERT INTO `té` VALUES (1, '😀'), (2, '????')")
            .prod("INSERT INTO `té` VALUES (1, '????'), (2, '😀')");
    crossing.arrivesWhole("`té`");
    assertThat(crossing.prod().rows("SELECT HEX(v) FROM `té` WHERE id = 1"))
        .containsExactly("F09F9880");
  }
}
