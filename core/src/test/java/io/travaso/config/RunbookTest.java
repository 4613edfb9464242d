package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunbookTest {
  private static final String WHOLE =
      """
      service: wiki
      images: {app: {repository: wiki, drop-digest: true}, db: {repository: mariadb, data: /var/lib/mysql}}
      preflight:
        disk: 2GB
        release-notes: "https://example.org/{tag}"
        backup-not-older-than: 24h
        major-steps: 1
        checks: [{name: jobs, sql: {database: main, query: SELECT count(*) FROM job, equals: "0"}}]
      quiesce: {before: [{service: app, user: www, run: [maintenance, "on"]}], stop: [cron], pause: [db]}
      pull: never
      migrate:
        - {up: [db]}
        - {wait-for: {command: {service: db, run: [ping], within: 10m}}}
        - {service: app, run: [migrate, "{from}", "{tag}"], one-off: true, skip-entrypoint: true, env: {A: b}, env-file: /etc/secret, within: 2h}
      start: [app]
      smoke:
        - {http: {url: "http://127.0.0.1/", status: 204, contains: [x, y], json: {/version: "{tag}"}, tries: 7, within: 30s}}
      after: {commands: [{service: app, run: [sh, -c, "echo ${HOME} {{.Names}}"]}], backup: true}
      rollback: {commands: [{stop: [cron]}], smoke: []}
      """;

  @Test
  void everythingIsRead() {
    Runbook runbook =
        Runbook.parse(WHOLE, "wiki.yaml", Map.of("tag", "2.1", "from", "1.9", "service", "wiki"));

    assertThat(runbook.images())
        .containsExactly(
            new Runbook.Image("app", "wiki", true, null),
            new Runbook.Image("db", "mariadb", false, "/var/lib/mysql"));
    assertThat(runbook.preflight().diskBytes()).isEqualTo(2L << 30);
    assertThat(runbook.preflight().releaseNotes()).isEqualTo("https://example.org/2.1");
    assertThat(runbook.preflight().backupNotOlderThan()).isEqualTo(Duration.ofDays(1));
    assertThat(runbook.preflight().majorSteps()).isEqualTo(1);
    assertThat(runbook.preflight().checks()).hasSize(1);
    assertThat(runbook.pull()).isFalse();
    assertThat(runbook.migrate()).hasSize(3);
    assertThat(runbook.migrate().get(2))
        .isEqualTo(
            new RunbookAction.Run(
                new Runbook.Program(
                    "app",
                    null,
                    List.of("migrate", "1.9", "2.1"),
                    true,
                    true,
                    Map.of("A", "b"),
                    "/etc/secret",
                    Duration.ofHours(2))));
    assertThat(runbook.smoke())
        .containsExactly(
            new RunbookCheck.Http(
                null,
                "http://127.0.0.1/",
                204,
                List.of("x", "y"),
                Map.of("/version", "2.1"),
                new RunbookCheck.Patience(7, Duration.ofSeconds(30))));
    assertThat(runbook.after().commands()).hasSize(1);
    assertThat(runbook.rollback().smoke()).isEmpty();
    ServiceSettings.Quiesce quiesce = runbook.quiesce();
    assertThat(quiesce == null ? List.of() : quiesce.stop()).containsExactly("cron");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    String yaml =
        """
        service: wiki
        imags: [app]
        preflight: {disk: lots, backup-not-older-than: 24, major-step: 1}
        migrate:
          - {service: app, run: php occ upgrade}
          - {service: app, run: [x, --password=hunter2]}
          - {service: app, run: [x, "{tga}"], env: {DB_PASSWORD: hunter2}, within: 5}
          - {service: app, run: [x], skip-entrypoint: true}
        smoke:
          - {http: {url: "http://me:hunter2@host/", json: {version: 1}}}
          - {name: nothing}
          - {sql: {database: main}}
          - {command: {service: app}, http: {url: "http://host/"}}
        """;
    SyncException failure =
        catchThrowableOfType(SyncException.class, () -> Runbook.parse(yaml, "wiki.yaml"));

    assertThat(failure.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
    assertThat(failure.details())
        .containsExactlyInAnyOrder(
            "wiki.yaml:1: images: is missing; for example {app: {repository: nextcloud}}",
            "wiki.yaml:2: imags: unknown key; did you mean \"images\"?",
            "wiki.yaml:3: preflight.disk: is no size; for example 500MB or 2GB",
            "wiki.yaml:3: preflight.backup-not-older-than: is no time; for example 90s, 10m, 24h or"
                + " 7d",
            "wiki.yaml:3: preflight.major-step: unknown key; did you mean \"major-steps\"?",
            "wiki.yaml:5: migrate[1].run: is not a list of the program and its arguments; for"
                + " example [php, occ, upgrade]; for a shell [sh, -c, \"…\"]",
            "wiki.yaml:6: migrate[2].run: seems to hold a secret, which everybody would see in the"
                + " list of processes; put it into a file on the service's host and name that:"
                + " env-file: PATH",
            "wiki.yaml:7: migrate[3].run: {tga} is no variable; did you mean {tag}?",
            "wiki.yaml:7: migrate[3].env: DB_PASSWORD looks like a secret, which does not belong"
                + " into this file; put it into a file on the service's host and name that:"
                + " env-file: PATH",
            "wiki.yaml:7: migrate[3].within: is no time; for example 90s, 10m, 24h or 7d",
            "wiki.yaml:8: migrate[4].skip-entrypoint: is for containers of its own; add one-off:"
                + " true",
            "wiki.yaml:10: smoke[1].http.url: is no http address; without a user in it, for example"
                + " http://…",
            "wiki.yaml:10: smoke[1].http.json: has a key that is no JSON pointer; for example"
                + " /version: 1.2",
            "wiki.yaml:11: smoke[2]: asks nothing; a check is one of http, command and sql",
            "wiki.yaml:12: smoke[3].sql.query: is missing; for example SELECT count(*) FROM jobs",
            "wiki.yaml:12: smoke[3].sql.equals: is missing; for example \"0\"",
            "wiki.yaml:13: smoke[4].command.run: is missing; for example [php, occ, upgrade]",
            "wiki.yaml:13: smoke[4]: asks more than one thing; a check is one of http, command and"
                + " sql");
    assertThat(failure.details()).noneMatch(it -> it.contains("hunter2"));
  }

  @Test
  void aProgramInTheOldContainerIsNoMigration() {
    String yaml =
        """
        service: wiki
        images: [app]
        migrate: [{service: app, run: [migrate]}]
        smoke: []
        """;
    SyncException failure =
        catchThrowableOfType(SyncException.class, () -> Runbook.parse(yaml, "wiki.yaml"));

    assertThat(failure.details())
        .containsExactly(
            "wiki.yaml:3: migrate: runs a program in app, whose container is still of the old"
                + " image; put - up: [app] before it, or one-off: true beside it");
  }

  static List<Path> readyMade() throws IOException {
    Path folder = Path.of("../sync-config/runbooks");
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("readyMade")
  void theReadyMadeOnesAreRunbooks(Path file) throws IOException {
    String yaml = Files.readString(file);
    Runbook runbook = Runbook.parse(yaml, String.valueOf(file.getFileName()));

    assertThat(file.getFileName()).hasToString(runbook.service() + ".yaml");
    assertThat(runbook.smoke()).isNotEmpty();
    assertThat(runbook.after().backup()).isTrue();
    assertThat(yaml).startsWith("# ").contains("# Docs: https://", "# Assumed", "In the config");
  }

  @Test
  void thereIsOneForEveryProductThatIsPromised() throws IOException {
    assertThat(readyMade())
        .extracting(it -> it.getFileName().toString())
        .containsExactly(
            "django.yaml",
            "fastapi-alembic.yaml",
            "lasuite-meet.yaml",
            "mariadb.yaml",
            "mattermost.yaml",
            "mautic.yaml",
            "n8n.yaml",
            "nextcloud.yaml",
            "odoo.yaml",
            "redmine.yaml");
  }
}
