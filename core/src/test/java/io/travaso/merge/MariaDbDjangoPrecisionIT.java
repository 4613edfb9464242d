package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As {@link DjangoPrecisionIT}, on MariaDB: what Django cuts is never taken from the target. */
class MariaDbDjangoPrecisionIT {
  private static final String SCHEMA =
      """
      CREATE TABLE evento (
        id int PRIMARY KEY, nome varchar(20), istante datetime(6), ora time(6), giorno date, extra json)
      """;

  private static final String ROW =
      "(1, 'a', '2026-01-02 03:04:05.123456', '03:04:05.000001', '2026-01-02', '{\"n\": 1.10, \"m\":\"x\"}')";

  /** As Django writes that row. */
  private static final String CUT =
      "2026-01-02 03:04:05.123000\t03:04:05\t2026-01-02\t{\"n\":1.1,\"m\": \"x\"}";

  private static Pair pair(String... target) {
    return Pair.of(Engine.MARIADB, SCHEMA).target(target);
  }

  private static Pair.Planned plan(Pair pair, String... rows) {
    return pair.planForeignRows("evento", rows);
  }

  @Test
  void aRowThatDiffersOnlyInWhatIsCutIsUnchanged() {
    try (Pair pair = pair("INSERT INTO evento VALUES " + ROW);
        Pair.Planned planned = plan(pair, "1\ta\t" + CUT)) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~0 -0 =1 *0");
    }
  }

  @Test
  void anUpdateOfAnotherColumnKeepsTheMicroseconds() {
    try (Pair pair = pair("INSERT INTO evento VALUES " + ROW)) {
      try (Pair.Planned planned = plan(pair, "1\tb\t" + CUT, "2\tc\t" + CUT)) {
        assertThat(Pair.counts(planned.plan())).containsExactly("evento +1 ~1 -0 =0 *0");
        planned.apply();
      }
      assertThat(pair.target.rows("SELECT * FROM evento ORDER BY id"))
          .containsExactly(
              "1|b|2026-01-02 03:04:05.123456|03:04:05.000001|2026-01-02|{\"n\": 1.10, \"m\":\"x\"}",
              "2|c|2026-01-02 03:04:05.123000|03:04:05.000000|2026-01-02|{\"n\":1.1,\"m\": \"x\"}");
    }
  }

  @Test
  void whatIsNotCutStillDiffers() {
    List<String> others =
        List.of(
            CUT.replace(".123000", ".124000"),
            CUT.replace(".123000", ".123455"),
            CUT.replace("\t03:04:05\t", "\t03:04:05.001\t"),
            CUT.replace("1.1,", "1.11,"),
            CUT.replace("\"x\"", "\"X\""),
            CUT.replace("\t2026-01-02\t{", "\t2026-01-03\t{"),
            CUT.replaceFirst("\\{.*", "\\\\N"));
    try (Pair pair = pair("INSERT INTO evento VALUES " + ROW)) {
      for (String other : others) {
        try (Pair.Planned planned = plan(pair, "1\ta\t" + other)) {
          assertThat(Pair.counts(planned.plan()))
              .as(other)
              .containsExactly("evento +0 ~1 -0 =0 *0");
        }
      }
    }
  }

  @Test
  void zeroDatesAndJsonNullAreWhatDjangoMakesOfThem() {
    try (Pair pair =
            pair(
                """
                INSERT INTO evento VALUES
                  (1, 'a', '0000-00-00', '838:59:59', '0000-00-00', 'null'),
                  (2, 'a', '2024-00-01 00:00:00.123456', '00:00:00', '2024-05-00', NULL),
                  (3, 'a', '9999-12-31 23:59:59.999999', '23:59:59.999999', '9999-12-31', ' null ')
                """);
        Pair.Planned planned =
            plan(
                pair,
                "1\ta\t\\N\t838:59:59\t\\N\t\\N",
                "2\ta\t\\N\t00:00:00\t\\N\t\\N",
                "3\ta\t9999-12-31 23:59:59.999000\t23:59:59.999\t9999-12-31\t\\N")) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~0 -0 =3 *0");
    }
  }

  @Test
  void numbersThatADoubleCouldNotTellApartDiffer() {
    try (Pair pair =
            pair(
                "INSERT INTO evento (id, extra) VALUES (1, '[9007199254740993]'), (2, '[1e400]'), (3, '[0.1]')");
        Pair.Planned planned =
            plan(
                pair,
                "1\t\\N\t\\N\t\\N\t\\N\t[9007199254740992]",
                "2\t\\N\t\\N\t\\N\t\\N\t[1e401]",
                "3\t\\N\t\\N\t\\N\t\\N\t[0.1000000000000000055511151231257827]")) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~3 -0 =0 *0");
    }
  }
}
