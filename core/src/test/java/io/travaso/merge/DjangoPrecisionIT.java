package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Django's serializer cuts is no difference, and is never taken from the target. */
class DjangoPrecisionIT {
  private static final String SCHEMA =
      """
      CREATE TABLE evento (
        id int PRIMARY KEY, nome text, istante timestamptz, locale timestamp, ora time, giorno date,
        durata interval, extra jsonb);
      """;

  private static final String ROW =
      "(1, 'a', '2026-01-02 03:04:05.123456+00', '2026-01-02 03:04:05.999999', '03:04:05.000001',"
          + " '2026-01-02', '26:00:00', '{\"n\": 1.10}')";

  /** As Django writes that row. */
  private static final String CUT =
      "2026-01-02 03:04:05.123+00\t2026-01-02 03:04:05.999\t03:04:05\t2026-01-02\t1 02:00:00"
          + "\t{\"n\": 1.1}";

  private static Pair.Planned plan(Pair pair, String... rows) {
    return pair.planForeignRows("evento", rows);
  }

  @Test
  void aRowThatDiffersOnlyInWhatIsCutIsUnchanged() {
    try (Pair pair = Pair.of(SCHEMA).target("INSERT INTO evento VALUES " + ROW);
        Pair.Planned planned = plan(pair, "1\ta\t" + CUT)) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~0 -0 =1 *0");
    }
  }

  @Test
  void anUpdateOfAnotherColumnKeepsTheMicroseconds() {
    try (Pair pair = Pair.of(SCHEMA).target("INSERT INTO evento VALUES " + ROW)) {
      try (Pair.Planned planned = plan(pair, "1\tb\t" + CUT, "2\tc\t" + CUT)) {
        assertThat(Pair.counts(planned.plan())).containsExactly("evento +1 ~1 -0 =0 *0");
        planned.apply();
      }
      assertThat(pair.rows("evento"))
          .containsExactly(
              "(1,b,\"2026-01-02 03:04:05.123456+00\",\"2026-01-02 03:04:05.999999\",03:04:05.000001,"
                  + "2026-01-02,26:00:00,\"{\"\"n\"\": 1.10}\")",
              "(2,c,\"2026-01-02 03:04:05.123+00\",\"2026-01-02 03:04:05.999\",03:04:05,"
                  + "2026-01-02,\"1 day 02:00:00\",\"{\"\"n\"\": 1.1}\")");
    }
  }

  @Test
  void whatIsNotCutStillDiffers() {
    List<String> others =
        List.of(
            CUT.replace(".123+00", ".124+00"),
            CUT.replace(".123+00", ".123000+00").replace("05.999", "05.998"),
            CUT.replace(".123+00", ".123455+00"),
            CUT.replace("\t03:04:05\t", "\t03:04:05.001\t"),
            CUT.replace("1 02:00:00", "1 02:00:00.000001"),
            CUT.replace("1.1}", "1.11}"),
            CUT.replace("\t2026-01-02\t1", "\t9999-12-31\t1"));
    try (Pair pair = Pair.of(SCHEMA).target("INSERT INTO evento VALUES " + ROW)) {
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
  void withoutThePrecisionOfDjangosEverythingDiffers() {
    try (Pair pair = Pair.of(SCHEMA).target("INSERT INTO evento VALUES " + ROW);
        Pair.Planned planned = pair.planRows("evento", "1\ta\t" + CUT)) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~1 -0 =0 *0");
    }
  }

  @Test
  void infinityYearsAndJsonNullAreWhatDjangoMakesOfThem() {
    try (Pair pair =
            Pair.of(SCHEMA)
                .target(
                    """
                    INSERT INTO evento VALUES
                      (1, 'a', 'infinity', '-infinity', '24:00', 'infinity', '1 year 2 mons 3 days',
                        'null'),
                      (2, 'a', '-infinity', 'infinity', '00:00', '-infinity', '-1 days +23:00', NULL)
                    """);
        Pair.Planned planned =
            plan(
                pair,
                "1\ta\t9999-12-31 23:59:59.999+00\t0001-01-01 00:00:00\t24:00:00\t9999-12-31"
                    + "\t428 00:00:00\t\\N",
                "2\ta\t0001-01-01 00:00:00+00\t9999-12-31 23:59:59.999\t00:00:00\t0001-01-01"
                    + "\t-1 23:00:00\t\\N")) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~0 -0 =2 *0");
    }
  }

  @Test
  void midnightIsNotTheEndOfTheDay() {
    try (Pair pair =
            Pair.of("CREATE TABLE evento (id int PRIMARY KEY, ora time)")
                .target("INSERT INTO evento VALUES (1, '24:00')");
        Pair.Planned planned = plan(pair, "1\t00:00:00")) {
      assertThat(Pair.counts(planned.plan())).containsExactly("evento +0 ~1 -0 =0 *0");
    }
  }

  @Test
  void rowsRecognisedByATimeAreRefused() {
    try (Pair pair = Pair.of("CREATE TABLE evento (quando timestamptz PRIMARY KEY, v text)")) {
      assertThat(Pair.text(Pair.failure(() -> plan(pair, "2026-01-02 03:04:05.123+00\ta").close())))
          .contains("rows are recognised by quando");
    }
  }
}
