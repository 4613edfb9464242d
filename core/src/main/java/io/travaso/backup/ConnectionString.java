package io.travaso.backup;

import io.travaso.database.ConnectionSettings;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * libpq's connection string: as a name alone, a database called {@code a=b} would be taken for one.
 */
final class ConnectionString {
  private static final Set<String> KEYWORDS =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout");

  private ConnectionString() {}

  /**
   * Writes one, without the password. PostgreSQL's manual, "Keyword/Value Connection Strings":
   * values in single quotes, single quotes and backslashes escaped with a backslash.
   *
   * @param instead what is to be said instead of what the settings say; an empty text for nothing
   */
  static String of(ConnectionSettings database, Map<String, String> instead) {
    Map<String, String> values = new TreeMap<>(database.parameters());
    values.keySet().retainAll(KEYWORDS);
    values.put("host", database.host());
    values.put("port", String.valueOf(database.port()));
    values.put("user", database.user());
    values.put("dbname", database.database());
    values.put("application_name", "travaso backup");
    values.putAll(instead);
    StringJoiner text = new StringJoiner(" ");
    values.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            text.add(key + "='" + value.replace("\\", "\\\\").replace("'", "\\'") + "'");
          }
        });
    return text.toString();
  }
}
