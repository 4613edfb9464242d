package io.travaso.upgrade;

import io.travaso.config.ContainerSettings;
import io.travaso.config.DatabaseSettings;
import io.travaso.container.Endpoint;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import java.util.List;

/** Asks a database of the service, wherever it runs. */
final class ServiceDatabase {
  private final Workplace workplace;
  private final DatabaseSettings settings;

  ServiceDatabase(Workplace workplace, DatabaseSettings settings) {
    this.workplace = workplace;
    this.settings = settings;
  }

  /** What a query's only column has, one text a row; NULL as an empty text. */
  List<String> ask(String query) {
    ContainerSettings container = settings.container();
    if (container == null || !settings.namesContainer()) {
      return ask(settings.host(), settings.port(), query);
    }
    try (Endpoint endpoint =
        workplace.engine().container(container).requireRunning().endpoint(container.port())) {
      return ask(endpoint.host(), endpoint.port(), query);
    }
  }

  private List<String> ask(String host, int port, String query) {
    ConnectionSettings connection =
        new ConnectionSettings(
            settings.engine(),
            host,
            port,
            settings.database(),
            settings.user(),
            settings.parameters(),
            workplace.secrets().resolve(settings.password()).orElse(null));
    try (Database database = Database.open(connection)) {
      return database.with(
          "asking what the runbook asks of " + settings.place(),
          session -> {
            session.setReadOnly(true);
            if (settings.engine().equals("postgresql")) {
              // Our sessions have none; people write queries as the application does.
              session.execute("RESET search_path");
            }
            return session.createQuery(query).map((row, context) -> row.getString(1)).stream()
                .map(it -> it == null ? "" : it)
                .toList();
          });
    }
  }
}
