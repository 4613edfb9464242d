package io.travaso.database;

import io.travaso.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who connects to it.
 *
 * @param engine the engine's name as in the URL: {@code postgresql} or {@code mariadb}
 * @param parameters driver parameters, such as {@code sslmode}
 * @param password null where the driver finds it itself (PostgreSQL: {@code ~/.pgpass}) or none is
 *     needed
 */
public record ConnectionSettings(
    String engine,
    String host,
    int port,
    String database,
    String user,
    Map<String, String> parameters,
    @Nullable Secret password) {

  public ConnectionSettings {
    parameters = Map.copyOf(parameters);
  }

  /** For messages: {@code user@host:port/database}. */
  public String name() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
