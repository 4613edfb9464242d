package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.merge.Pair.Planned;
import io.travaso.testing.TestDatabase;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A role's own settings do not change what values mean on their way. */
class SessionIT {
  private static final Map<String, String> ODD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("datestyle", "'SQL, DMY'"),
              Map.entry("intervalstyle", "'iso_8601'"),
              Map.entry("timezone", "'America/New_York'"),
              Map.entry("extra_float_digits", "-15"),
              Map.entry("bytea_output", "'escape'"),
              Map.entry("xmloption", "'document'"),
              Map.entry("standard_conforming_strings", "off"),
              Map.entry("array_nulls", "off"),
              Map.entry("search_path", "'nowhere'"),
              Map.entry("statement_timeout", "'1min'"),
              Map.entry("lock_timeout", "'7ms'"),
              Map.entry("idle_in_transaction_session_timeout", "'5s'"),
              Map.entry("default_transaction_isolation", "'serializable'"),
              Map.entry("quote_all_identifiers", "on"),
              Map.entry("transform_null_equals", "on")));

  private static void set(TestDatabase database, Map<String, String> settings) {
    settings.forEach(
        (name, value) ->
            database.execute(
                "ALTER ROLE %s IN DATABASE %s SET %s = %s"
                    .formatted(database.user(), database.name(), name, value)));
  }

  private static final String TABLE =
      "CREATE TABLE public.t (id int PRIMARY KEY, a date, b timestamptz, c interval, d float8, e bytea, f xml,"
          + " g text[], h text, i timestamp, j float4, k money, l regclass)";

  private static final String ROW =
      "INSERT INTO public.t VALUES (%d, '2024-04-03', '2024-10-27 02:30:00.123456+02', '1 year -2 days 03:04:05.6',"
          + " 0.1::float8 + 0.2, decode('00ff5c', 'hex'), 'text <b/>'::text::xml, ARRAY['NULL', NULL, ''], E'a\\\\b''c',"
          + " '2024-04-03 05:06:07', 0.1, 12.5::numeric::money, 'public.t')";

  @Test
  void doNotChangeValues() {
    for (int side = 1; side <= 3; side++) {
      try (Pair pair = Pair.of(TABLE)) {
        pair.source(ROW.formatted(1), ROW.formatted(2))
            .target(ROW.formatted(2).replace("2024-04-03", "2024-03-04"));
        if ((side & 1) != 0) {
          set(pair.source, ODD);
        }
        if ((side & 2) != 0) {
          set(pair.target, ODD);
        }

        pair.merges("t +1 ~1 -0 =0 *0");

        pair.both(
            "ALTER ROLE %s IN DATABASE %s RESET ALL"
                .formatted(pair.target.user(), pair.target.name()));
        pair.source(
            "ALTER ROLE %s IN DATABASE %s RESET ALL"
                .formatted(pair.target.user(), pair.source.name()));
        assertThat(pair.rows("t")).isEqualTo(pair.source.rows("SELECT t::text FROM t ORDER BY 1"));
      }
    }
  }

  @Test
  void doNotEndTheSessionWhileSomebodyThinksAboutThePlan() {
    try (Pair pair = Pair.of(TABLE)) {
      boolean idles = pair.target.server().majorVersion() >= 14;
      set(pair.target, Map.of("statement_timeout", "'1s'"));
      if (idles) {
        set(pair.target, Map.of("idle_session_timeout", "'1s'"));
      }
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        assertThat(
                planned
                    .merger()
                    .session()
                    .createQuery(
                        "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN"
                            + " ('statement_timeout', 'idle_session_timeout', 'transaction_timeout') AND setting <> '0'")
                    .mapTo(String.class)
                    .findOne())
            .isEmpty();
      }
    }
  }
}
