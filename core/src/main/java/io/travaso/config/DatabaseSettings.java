package io.travaso.config;

import io.travaso.SyncException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database is reached from its own host.
 *
 * @param engine {@code postgresql} or {@code mariadb}
 * @param parameters of the connection, by their libpq names: {@code sslmode}, {@code sslrootcert},
 *     {@code sslcert}, {@code sslkey}, {@code connect_timeout}
 * @param password where it comes from; {@link SecretReference.None} leaves it to {@code ~/.pgpass},
 *     or on MariaDB to an account without one
 * @param tools the folder that holds {@code pg_dump} or {@code mariadb-dump}; null when it is to be
 *     searched
 * @param container the container its server runs in; null when it is none
 * @param maintenance who may make and remove databases beside this one; null when nobody was named
 */
public record DatabaseSettings(
    String engine,
    String host,
    int port,
    String database,
    String user,
    Map<String, String> parameters,
    SecretReference password,
    @Nullable String tools,
    @Nullable ContainerSettings container,
    @Nullable Account maintenance) {

  public DatabaseSettings {
    parameters = Map.copyOf(parameters);
  }

  /** A database in no container, with its usual account alone. */
  public DatabaseSettings(
      String engine,
      String host,
      int port,
      String database,
      String user,
      Map<String, String> parameters,
      SecretReference password,
      @Nullable String tools) {
    this(engine, host, port, database, user, parameters, password, tools, null, null);
  }

  /**
   * Throws a {@code CONFIGURATION} error that says what is wrong with a URL, without quoting it.
   */
  public static void requireUrl(String url) {
    DatabaseUrl.parse(
        url,
        (what, hint) -> {
          throw SyncException.configuration("the database's URL " + what, hint);
        });
  }

  /** Whether the URL names the container instead of an address; then the address is looked up. */
  public boolean namesContainer() {
    return container != null && container.isHost(host);
  }

  /**
   * Where it is, for messages: {@code mygest at localhost:5432}, {@code mygest in django-db of
   * /srv/app/docker-compose.yml}.
   */
  public String place() {
    if (container != null && container.isHost(host)) {
      return database + " in " + container.place();
    }
    return database + " at " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
