package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan, which is all of a dry run, writes nothing but temporary tables. */
class PlanWritesNothingIT {

  @Test
  void noRowNoSchemaNoSequence() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
            "CREATE TABLE t (id serial PRIMARY KEY, u int REFERENCES users, v text)")) {
      pair.reference("users", "name");
      pair.source(
          "INSERT INTO users VALUES (1, 'a'); INSERT INTO t VALUES (1, 1, 'new'), (2, 1, 'created')");
      pair.target(
          "INSERT INTO users VALUES (5, 'a'); INSERT INTO t VALUES (1, 5, 'old'), (9, 5, 'own')");
      List<String> contents = pair.contents();
      List<String> catalog = catalog(pair);

      for (MergePolicy policy : MergePolicy.values()) {
        try (Pair.Planned planned = pair.plan(policy)) {
          assertThat(planned.plan().isEmpty()).isFalse();
          assertThat(catalog(pair)).isEqualTo(catalog);
        }
      }
      assertThat(pair.contents()).isEqualTo(contents);
    }
  }

  /** Every relation, schema, function and trigger but temporary ones. */
  private static List<String> catalog(Pair pair) {
    return pair.target.rows(
        "SELECT c.oid, c.xmin, relname FROM pg_class AS c WHERE relpersistence <> 't'"
            + " AND relnamespace::regnamespace::text !~ '^pg_' UNION ALL"
            + " SELECT oid, xmin, nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp' UNION ALL"
            + " SELECT oid, xmin, proname FROM pg_proc UNION ALL SELECT oid, xmin, tgname FROM pg_trigger"
            + " ORDER BY 1");
  }

  @Test
  void isRefusedWhereNothingMayBeWritten() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY)")) {
      pair.source("INSERT INTO t VALUES (1)");
      pair.target(
          "ALTER ROLE %s IN DATABASE %s SET default_transaction_read_only = on"
              .formatted(pair.target.user(), pair.target.name()));

      assertThat(Pair.text(Pair.failure(pair::merge))).contains("read-only");
    }
  }
}
