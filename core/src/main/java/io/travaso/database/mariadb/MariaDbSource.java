package io.travaso.database.mariadb;

import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.MariaDbDataSource;
import org.mariadb.jdbc.export.SslMode;

/** New connections to a MariaDB, by settings of which none passes through a URL. */
final class MariaDbSource extends MariaDbDataSource {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** Of a server that was built without clusters. */
  private static final int UNKNOWN_VARIABLE = 1193;

  private final Configuration configuration;
  private final String database;

  MariaDbSource(ConnectionSettings settings) {
    this.database = settings.database();
    Configuration.Builder builder =
        builder()
            .addresses(HostAddress.from(settings.host(), settings.port(), true))
            .user(settings.user())
            .connectTimeout(CONNECT_TIMEOUT_MILLIS)
            .tcpKeepAlive(true)
            // The setting has another name from 11.1 on, which the driver knows.
            .transactionIsolation("READ_COMMITTED")
            // Instants are instants, wherever this process runs.
            .connectionTimeZone("UTC")
            .forceConnectionTimeZoneToSession(true)
            .preserveInstants(true)
            .tinyInt1isBit(false)
            .yearIsDateType(false)
            // Rows are loaded from a stream of ours; the driver refuses files nobody asked for.
            .allowLocalInfile(true)
            .permitRedirect(false)
            .connectionAttributes("program_name:travaso");
    if (settings.password() != null) {
      builder.password(settings.password().reveal());
    }
    for (Map.Entry<String, String> parameter : settings.parameters().entrySet()) {
      set(builder, parameter.getKey(), parameter.getValue(), settings.name());
    }
    this.configuration = builder.build();
  }

  /** One that was read from a URL: of one made anew, the driver lacks what it takes for granted. */
  private static Configuration.Builder builder() {
    try {
      return Configuration.parse("jdbc:mariadb://localhost/").toBuilder();
    } catch (SQLException e) {
      throw new IllegalStateException("The driver does not know its own URL", e);
    }
  }

  /** The parameters have the names libpq gives them, on every engine. */
  private static void set(
      Configuration.Builder builder, String name, String value, String database) {
    switch (name) {
      case "sslmode" -> builder.sslMode(sslMode(value));
      case "sslrootcert" -> builder.serverSslCert(value);
      case "connect_timeout" -> builder.connectTimeout(Integer.parseInt(value) * 1000);
      default ->
          throw SyncException.configuration(
              "Unknown parameter " + name + " for " + database,
              "Take it out of the database's URL.");
    }
  }

  private static String sslMode(String value) {
    return switch (value) {
      case "disable" -> SslMode.DISABLE.name();
      case "require" -> SslMode.TRUST.name();
      case "verify-ca" -> SslMode.VERIFY_CA.name();
      default -> SslMode.VERIFY_FULL.name();
    };
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = Driver.connect(configuration);
    try {
      // Not in the greeting, where a name beyond ASCII stands in the server's character set.
      connection.setCatalog(database);
      seeWhatOtherNodesWrote(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** In a cluster a query waits for what was committed at any node; elsewhere it makes no odds. */
  private static void seeWhatOtherNodesWrote(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION wsrep_sync_wait = 1");
    } catch (SQLException e) {
      if (e.getErrorCode() != UNKNOWN_VARIABLE) {
        throw e;
      }
    }
  }
}
