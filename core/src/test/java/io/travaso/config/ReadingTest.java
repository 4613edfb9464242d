package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where an environment's rows are read from, and how gently. */
class ReadingTest {
  private static final String PROD =
      """
      environments:
        prod:
          protected: true
          home: /srv/app
          database: {url: "postgresql://app@db:5432/shop", password: {env: DB}}
          read-from: {url: "postgresql://reader@standby:5433/shop", password: {file: /run/reader}}
          reading: {statement-timeout: 10m, pace: 40, standby-wait: 90s, jobs: 2}
      tables: [app.Model]
      """;

  private static final String MARIADB = PROD.replace("postgresql", "mariadb");

  @Test
  void isReadAsItIsWritten() {
    Environment prod = Sample.read(PROD).environment("prod");
    DatabaseSettings standby = Objects.requireNonNull(prod.readFrom());

    assertThat(standby.place()).isEqualTo("shop at standby:5433");
    assertThat(standby.user()).isEqualTo("reader");
    assertThat(standby.password()).isEqualTo(new SecretReference.FromFile("/run/reader"));
    assertThat(prod.database().place()).isEqualTo("shop at db:5432");
    assertThat(prod.reading())
        .isEqualTo(new Reading(Duration.ofMinutes(10), 40, Duration.ofSeconds(90), 2));
  }

  @Test
  void isDoneByAsManyAsWasSaidOrElseByAllButInAProtectedOneByFourAtMost() {
    Environment dev = Sample.read(Sample.LEAST).environment("dev");
    assertThat(dev.jobs(16)).isEqualTo(16);
    assertThat(dev.withJobs(6).jobs(2)).isEqualTo(6);

    Environment prod = Sample.read(PROD).environment("prod");
    assertThat(prod.jobs(16)).isEqualTo(2);
    assertThat(prod.withJobs(6).jobs(2)).isEqualTo(4);
    assertThat(prod.withJobs(0).jobs(16)).isEqualTo(4);
    assertThat(prod.withJobs(0).jobs(1)).isEqualTo(1);
  }

  @Test
  void isNothingWhereNothingIsWritten() {
    Environment dev = Sample.read(Sample.LEAST).environment("dev");

    assertThat(dev.readFrom()).isNull();
    assertThat(dev.reading()).isEqualTo(Reading.USUAL);
  }

  @Test
  void goesToTheEnvironmentsOwnHost() {
    for (String yaml : new String[] {PROD, MARIADB}) {
      SyncConfig here = Sample.read(yaml);
      SyncConfig there =
          SyncConfig.parse(
              here.forEnvironment("prod"),
              Path.of("/srv/app/sync.yaml"),
              new Surroundings(Map.of(), Path.of("/srv/app"), Path.of("/home/app")));

      assertThat(there.environment("prod")).isEqualTo(here.environment("prod"));
    }
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(
            Sample.problems(
                """
                environments:
                  prod:
                    database: {url: "postgresql://app@db/shop"}
                    read-from: {url: "mariadb://app@db/shop", tools: /usr/bin, pasword: {env: X}}
                    reading: {statement-timeout: soon, pace: 0, standby-wait: 5, jobs: 0, rest: 1}
                  stage:
                    database: {url: "postgresql://app@stage/shop"}
                    read-from: {url: "postgresql://app@standby/store", maintenance: {user: root}}
                tables: [app.Model]
                """))
        .containsExactlyInAnyOrder(
            "sync.yaml:4: environments.prod.read-from.tools: is of no use to reading; keep it under"
                + " database alone",
            "sync.yaml:4: environments.prod.read-from.pasword: unknown key; did you mean"
                + " \"password\"?",
            "sync.yaml:4: environments.prod.read-from.url: names another engine than database; a"
                + " standby has the same",
            "sync.yaml:5: environments.prod.reading.statement-timeout: is no time; for example 90s,"
                + " 10m, 24h or 7d",
            "sync.yaml:5: environments.prod.reading.pace: is not a whole number from 1 to 100",
            "sync.yaml:5: environments.prod.reading.standby-wait: is no time; for example 90s, 10m,"
                + " 24h or 7d",
            "sync.yaml:5: environments.prod.reading.rest: unknown key; known are statement-timeout,"
                + " pace, standby-wait, jobs",
            "sync.yaml:5: environments.prod.reading.jobs: is not a whole number from 1 to 256",
            "sync.yaml:8: environments.stage.read-from.maintenance: is of no use to reading; keep"
                + " it under database alone",
            "sync.yaml:8: environments.stage.read-from.url: names another database than database; a"
                + " standby's has the same name");
  }
}
