package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an account of MariaDB may not do is said before anything is staged, with the GRANT. */
class MariaDbRightsIT {
  private static final String ACCOUNT = "'o''merger'@'%'";
  private final Pair pair =
      Pair.of(
          Engine.MARIADB,
          "CREATE SEQUENCE s",
          "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(40), n int DEFAULT NEXTVAL(s), parent int,"
              + " FOREIGN KEY (parent) REFERENCES t (id))",
          "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t (id) ON DELETE CASCADE)");

  /** Makes an account with these rights and no others. */
  private void account(String... grants) {
    pair.target.executeAsAdmin("CREATE USER " + ACCOUNT + " IDENTIFIED BY 'secret'");
    pair.target.executeAsAdmin(grants);
  }

  /** Connects as it: a session has the rights on the database that it began with. */
  private Database open() {
    return Database.open(
        new ConnectionSettings(
            "mariadb",
            pair.target.server().host(),
            pair.target.server().port(),
            pair.target.name(),
            "o'merger",
            Map.of(),
            new Secret("secret")));
  }

  @AfterEach
  void close() {
    pair.target.executeAsAdmin("DROP USER IF EXISTS " + ACCOUNT, "DROP ROLE IF EXISTS merging");
    pair.close();
  }

  private List<String> lacked(MergePolicy policy) {
    try (Database database = open()) {
      SyncException failure = Pair.failure(() -> pair.plan(policy, database).close());
      assertThat(failure.what()).contains("lacks rights");
      return failure.details();
    }
  }

  private List<String> counts(MergePolicy policy) {
    try (Database database = open();
        Planned planned = pair.plan(policy, database)) {
      return Pair.counts(planned.apply().plan());
    }
  }

  @Test
  void theGrantsAreEnough() {
    String name = pair.target.name();
    pair.only("t").source("INSERT INTO t VALUES (1, 'new', 5, NULL), (2, 'created', 6, 1)");
    pair.target("INSERT INTO t VALUES (1, 'old', 5, NULL), (9, 'own', 1, NULL)");
    account("GRANT SELECT ON `%s`.t TO %s".formatted(name, ACCOUNT));
    List<String> toMerge = lacked(MergePolicy.UPSERT);
    assertThat(toMerge)
        .containsExactlyInAnyOrder(
            "GRANT CREATE TEMPORARY TABLES, REFERENCES ON `%s`.* TO 'o\\'merger'@'%%';"
                .formatted(name),
            "GRANT SELECT, INSERT ON `s` TO 'o\\'merger'@'%';",
            "GRANT INSERT, UPDATE ON `t` TO 'o\\'merger'@'%';");
    toMerge.forEach(pair.target::executeAsAdmin);
    assertThat(counts(MergePolicy.UPSERT)).containsExactly("t +1 ~1 -0 =0 *1");

    List<String> toReplace = lacked(MergePolicy.FULL_REPLACE);
    assertThat(toReplace)
        .containsExactlyInAnyOrder(
            "GRANT DELETE ON `t` TO 'o\\'merger'@'%';",
            "GRANT SELECT, UPDATE ON `log` TO 'o\\'merger'@'%';");
    toReplace.forEach(pair.target::executeAsAdmin);
    assertThat(counts(MergePolicy.FULL_REPLACE)).containsExactly("t +0 ~0 -1 =2 *0");
    assertThat(pair.value("INSERT INTO t (v) VALUES ('next') RETURNING id, n")).isEqualTo("10|7");
  }

  /** Its foreign key would be nobody's to check: the merge's own session takes the checks off. */
  @Test
  void whoReferencesTheRowsIsKnown() {
    pair.only("t")
        .target("INSERT INTO t VALUES (1, 'goes', 5, NULL)", "INSERT INTO log VALUES (7, 1)");
    String name = pair.target.name();
    account(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON `%s`.t TO %s".formatted(name, ACCOUNT),
        "GRANT SELECT, INSERT ON `%s`.s TO %s".formatted(name, ACCOUNT),
        "GRANT CREATE TEMPORARY TABLES ON `%s`.* TO %s".formatted(name, ACCOUNT));
    assertThat(lacked(MergePolicy.FULL_REPLACE))
        .containsExactly("GRANT REFERENCES ON `%s`.* TO 'o\\'merger'@'%%';".formatted(name));

    // Who may read all is told of the foreign key, and not what it does.
    pair.target.executeAsAdmin(
        "GRANT SELECT ON `%s`.* TO %s".formatted(name, ACCOUNT),
        "GRANT REFERENCES ON `%s`.t TO %s".formatted(name, ACCOUNT));
    assertThat(lacked(MergePolicy.FULL_REPLACE))
        .contains("GRANT REFERENCES ON `%s`.* TO 'o\\'merger'@'%%';".formatted(name))
        .anyMatch(grant -> grant.contains("UPDATE ON `log`"));
    assertThat(pair.records("log")).containsExactly("(7,1)");
  }

  @Test
  void thoseOfARoleCount() {
    pair.only("t").source("INSERT INTO t VALUES (1, 'new', 5, NULL)");
    String rights = "SELECT, INSERT, UPDATE, CREATE TEMPORARY TABLES";
    account(
        "CREATE ROLE merging",
        "GRANT %s ON `%s`.* TO merging".formatted(rights, pair.target.name()),
        "GRANT merging TO " + ACCOUNT,
        "SET DEFAULT ROLE merging FOR " + ACCOUNT);
    assertThat(counts(MergePolicy.UPSERT)).containsExactly("t +1 ~0 -0 =0 *0");
    assertThat(lacked(MergePolicy.FULL_REPLACE))
        .containsExactly("GRANT DELETE ON `t` TO 'o\\'merger'@'%';");
  }
}
