package io.travaso.testing;

import java.util.List;

/** The compose file of {@link ComposeSample}, for docker-compose 1.29 and docker compose alike. */
final class ComposeFile {
  private static final String POSTGRESQL =
      """
        # The database of the application.
        django-db:
          image: travaso-test/postgres:15
          command: [postgres, -c, fsync=off, -c, full_page_writes=off, -c, shared_buffers=16MB]
          environment:
            POSTGRES_PASSWORD: "${POSTGRES_PASSWORD}"
          volumes:
            - db-data:/var/lib/postgresql/data
          healthcheck:
            test: [CMD, pg_isready, -q, -h, 127.0.0.1, -U, postgres]
            interval: 2s
      """;

  private static final String MARIADB =
      """
        maria-db:
          image: travaso-test/mariadb:10.11
          command: [mariadbd, --innodb-flush-method=nosync, --innodb-flush-log-at-trx-commit=0,
            --innodb-buffer-pool-size=32M, --innodb-log-file-size=8M]
          environment:
            MARIADB_ROOT_PASSWORD: "${MARIADB_ROOT_PASSWORD}"
            MARIADB_DATABASE: mygest
            MARIADB_USER: mygest
            MARIADB_PASSWORD: "${MARIADB_PASSWORD}"
          volumes:
            - maria-data:/var/lib/mysql
          healthcheck:
            test: [CMD, mariadb-admin, ping, --silent, -h, 127.0.0.1]
            interval: 2s
      """;

  private static final String APP =
      """
        app:
          image: "travaso-test/app:1"   # the tag is what an upgrade changes
          environment:
            DB_HOST: django-db
            DB_NAME: mygest
            DB_USER: mygest
            DB_PASSWORD: "${DB_PASSWORD}"
          volumes:
            - uploads:/data
            - ./counts:/counts
      """;

  private static final String VOLUMES =
      """

      volumes:
        db-data:
        maria-data:
        uploads:
      """;

  private ComposeFile() {}

  /**
   * The file.
   *
   * @param services those that it has
   * @param published whether their ports are published
   */
  static String text(List<String> services, boolean published) {
    StringBuilder text = new StringBuilder("services:\n");
    for (String service : services) {
      text.append(body(service));
      if (published) {
        text.append("    ports:\n      - \"127.0.0.1::").append(port(service)).append("\"\n");
      }
    }
    return text.append(VOLUMES).toString();
  }

  private static String body(String service) {
    return switch (service) {
      case "django-db" -> POSTGRESQL;
      case "maria-db" -> MARIADB;
      case "app" -> APP;
      default -> throw new IllegalArgumentException("No such service: " + service);
    };
  }

  private static int port(String service) {
    return switch (service) {
      case "django-db" -> ComposeSample.port(Engine.POSTGRESQL);
      case "maria-db" -> ComposeSample.port(Engine.MARIADB);
      default -> 8000;
    };
  }
}
