package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.config.ServiceSettings.ServiceCommand;
import io.travaso.config.ServiceSettings.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Services, second places, and how long backups are kept. */
class ServicesTest {
  private static final String ENVIRONMENTS =
      """
      environments:
        dev: {database: {url: "postgresql://me@localhost/app"}, backups: {keep: 3, keep-days: 14}}
        prod:
          ssh: {host: vps.example.it, user: deploy}
          home: /srv/app/sync
          database: {url: "postgresql://app@localhost/app", password: {env: APP_PASSWORD}}
      tables: [app.Model]
      """;

  private static final String SERVICES =
      """
      services:
        nextcloud:
          environment: prod
          compose: {file: /srv/nextcloud/docker-compose.yml, profile: prod}
          databases:
            main: {service: db, url: "mariadb://nextcloud@db/nextcloud", password: {dotenv: /srv/nextcloud/.env, key: MYSQL_PASSWORD}, maintenance: {user: root, password: {file: /srv/nextcloud/root}}}
            own: environment
            beside: {url: "postgresql://x@localhost:5433/x"}
          volumes: {data: {service: app, path: /var/www/html/}}
          quiesce:
            stop: [cron]
            pause: web
            before: [{service: app, user: www-data, run: [php, occ, "maintenance:mode", --on]}]
            after: {service: app, run: [php, occ, "maintenance:mode", --off]}
          backups: {directory: /srv/backups, keep: 10, keep-days: 30}
        wiki:
          environment: dev
          compose: wiki/compose.yml
          volumes: {pages: {service: wiki, path: /pages}, pictures: {service: wiki, path: /pictures}}
      places:
        offsite: {ssh: {host: backups.example.it, user: backup, identity: ~/.ssh/id}, directory: ~/copies, keep: 4}
      """;

  private static ServiceSettings service(SyncConfig config, String name) {
    return Objects.requireNonNull(config.services().get(name));
  }

  private static DatabaseSettings database(ServiceSettings service, String name) {
    return Objects.requireNonNull(service.databases().get(name));
  }

  @Test
  void readsWhatBelongsToAService() {
    SyncConfig config = Sample.read(ENVIRONMENTS + SERVICES);
    ServiceSettings nextcloud = service(config, "nextcloud");

    assertThat(nextcloud.environment()).isEqualTo("prod");
    assertThat(nextcloud.compose()).isEqualTo("/srv/nextcloud/docker-compose.yml");
    assertThat(nextcloud.profile()).isEqualTo("prod");
    assertThat(nextcloud.databases().keySet()).containsExactly("main", "own", "beside");
    assertThat(database(nextcloud, "main").container())
        .isEqualTo(
            new ContainerSettings("/srv/nextcloud/docker-compose.yml", "db", "prod", null, 3306));
    assertThat(database(nextcloud, "main").maintenance())
        .isEqualTo(new Account("root", new SecretReference.FromFile("/srv/nextcloud/root")));
    assertThat(nextcloud.databases().get("own")).isEqualTo(config.environment("prod").database());
    assertThat(database(nextcloud, "beside").container()).isNull();
    assertThat(nextcloud.volumes()).isEqualTo(Map.of("data", new Volume("app", "/var/www/html")));
    assertThat(nextcloud.quiesce())
        .isEqualTo(
            new Quiesce(
                List.of("cron"),
                List.of("web"),
                List.of(
                    new ServiceCommand(
                        "app", "www-data", List.of("php", "occ", "maintenance:mode", "--on"))),
                List.of(
                    new ServiceCommand(
                        "app", null, List.of("php", "occ", "maintenance:mode", "--off")))));
    assertThat(nextcloud.backups()).isEqualTo(new Backups("/srv/backups", 10, 30));
    assertThat(config.places().get("offsite"))
        .isEqualTo(
            new Place(
                "offsite",
                "backups.example.it",
                22,
                "backup",
                "~/.ssh/id",
                "~/.ssh/known_hosts",
                "~/copies",
                4));
  }

  @Test
  void fillsInWhatIsNotSaid() {
    SyncConfig config = Sample.read(ENVIRONMENTS + SERVICES);
    ServiceSettings wiki = service(config, "wiki");

    assertThat(wiki.compose()).isEqualTo("/project/wiki/compose.yml");
    assertThat(wiki.profile()).isNull();
    assertThat(wiki.databases()).isEmpty();
    assertThat(wiki.quiesce()).isEqualTo(Quiesce.NONE);
    assertThat(wiki.backups()).isEqualTo(new Backups("/project/backups/sync/wiki", 10));
    assertThat(config.environment("dev").backups())
        .isEqualTo(new Backups("/project/backups/sync", 3, 14));
    assertThat(
            service(
                    Sample.read(
                        Sample.LEAST
                            + "services: {a: {compose: /c.yml, volumes: {v: {service: s, path:"
                            + " /p}}}}"),
                    "a")
                .environment())
        .isEqualTo("dev");
  }

  @Test
  void tellsAllThatIsWrongWithServices() {
    String wrong =
        """
        services:
          bad name: {environment: prd, compose: /c.yml}
          a:
            environment: prod
            compose: {file: compose.yml, profil: x}
            databases:
              main: {service: db, url: "mariadb://n@db/n", container: {docker: x}}
              d/e: environment
            volumes:
              main: {service: app, path: var/www}
              raw: {service: db, path: /var/lib/mysql}
              all: {service: app, path: /}
              one: {service: app, path: /data}
              two: {service: app, path: /data/in}
            quiesce: {stop: [db, cron], pause: [cron], before: [x, {service: -f, run: occ}]}
            backups: {directory: ~/b, keep: 0, keep-days: x}
          b: {environment: prod, compose: /c.yml, volumes: {v: {service: s, path: /p}}, backups: {directory: /same}}
          c: {environment: prod, compose: /c.yml, volumes: {v: {service: s, path: /p}}, backups: {directory: /same}}
          d: {environment: dev, compose: /c.yml, volumes: {v: {service: s, path: /p}}, backups: {directory: /same}}
          e: {volumes: {v: {service: s}}}
        """;

    assertThat(Sample.problems(ENVIRONMENTS + wrong))
        .containsExactly(
            "sync.yaml:9: services.bad name: is not a name for a service; use letters, digits, -"
                + " and _, up to 63 of them",
            "sync.yaml:9: services.bad name.environment: is not one of the environments; did you"
                + " mean \"prod\"?",
            "sync.yaml:9: services.bad name: has neither databases nor volumes; name what is to be"
                + " kept of it",
            "sync.yaml:12: services.a.compose.file: is a relative path on another host; write it"
                + " from / on: /srv/app/docker-compose.yml",
            "sync.yaml:12: services.a.compose.profil: unknown key; did you mean \"profile\"?",
            "sync.yaml:14: services.a.databases.main.container: stands beside service, which says"
                + " the same; keep one",
            "sync.yaml:15: services.a.databases.d/e: is not a name for a database; use letters,"
                + " digits, - and _, up to 63 of them",
            "sync.yaml:17: services.a.volumes.main: is called as a database is; give it another"
                + " name",
            "sync.yaml:17: services.a.volumes.main.path: is not an absolute path; write it from /"
                + " on, as in the container",
            "sync.yaml:18: services.a.volumes.raw.service: runs the database main; which is dumped;"
                + " the files of a running server are no backup",
            "sync.yaml:19: services.a.volumes.all.path: is the whole container; name the folder"
                + " that is a volume",
            "sync.yaml:21: services.a.volumes.two: is within the volume one; name each folder once",
            "sync.yaml:22: services.a.quiesce.before: is a value, not a group of keys",
            "sync.yaml:22: services.a.quiesce.before[1].service: is not the name of a compose"
                + " service; letters, digits, _, . and -",
            "sync.yaml:22: services.a.quiesce.before[1].run: is not a list of the program and its"
                + " arguments; for example [php, occ, \"maintenance:mode\", --on]",
            "sync.yaml:22: services.a.quiesce.stop: names db, which runs the database main; it must"
                + " answer while it is dumped: leave it out",
            "sync.yaml:22: services.a.quiesce.pause: names cron, which is stopped; name it once",
            "sync.yaml:23: services.a.backups.keep: is not a whole number from 1 to 100000",
            "sync.yaml:23: services.a.backups.keep-days: is not a whole number from 1 to 36500",
            "sync.yaml:23: services.a.backups.directory: begins with ~ on another host; write the"
                + " whole path, or one relative to home",
            "sync.yaml:25: services.c: keeps its backups in the same folder as b; give it one of"
                + " its own: backups: {directory: /same/c}",
            "sync.yaml:27: services.e.environment: is missing; for example prod: where it runs",
            "sync.yaml:27: services.e.compose: is missing; for example /srv/app/docker-compose.yml",
            "sync.yaml:27: services.e.volumes.v.path: is missing; for example /var/www/html");
  }

  @Test
  void tellsAllThatIsWrongWithPlaces() {
    String wrong =
        """
        places:
          off site: {directory: backups}
          b: {ssh: {host: h, user: u, identity: id, passphrase: {env: X}}, directory: /b, keep: 0}
        """;

    assertThat(Sample.problems(ENVIRONMENTS + wrong))
        .containsExactly(
            "sync.yaml:9: places.off site: is not a name for a place; use letters, digits, - and _,"
                + " up to 63 of them",
            "sync.yaml:9: places.off site.ssh: is missing; for example {host: backups.example.it,"
                + " user: backup}",
            "sync.yaml:9: places.off site.directory: is not an absolute path; write it from / on,"
                + " or begin with ~/",
            "sync.yaml:10: places.b.keep: is not a whole number from 1 to 100000",
            "sync.yaml:10: places.b.ssh.identity: is not an absolute path; write it from / on, or"
                + " begin with ~/, the home there",
            "sync.yaml:10: places.b.ssh.passphrase: unknown key; known are host, port, user,"
                + " identity, known-hosts");
  }

  @Test
  void takesTheServicesOfAnEnvironmentToItsHost() {
    SyncConfig here = Sample.read(ENVIRONMENTS + SERVICES);
    String yaml = here.forEnvironment("prod");
    SyncConfig there =
        SyncConfig.parse(
            yaml,
            Path.of("/srv/app/sync/sync-config/sync.yaml"),
            new Surroundings(Map.of(), Path.of("/"), Path.of("/home/deploy")));

    assertThat(there.services()).isEqualTo(Map.of("nextcloud", service(here, "nextcloud")));
    assertThat(there.places()).isEqualTo(here.places());
    assertThat(yaml).contains("own: \"environment\"").doesNotContain("wiki");
    assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
  }
}
