package io.travaso.site;

import io.travaso.Finding;
import io.travaso.config.Environment;
import io.travaso.database.Database;
import io.travaso.database.ServerFacts;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What has to be right where rows are read from another server than they are written to. */
final class LocalCheckReading {
  private final Environment environment;
  private final LocalDatabase database;
  private final List<Finding> findings;

  LocalCheckReading(Environment environment, LocalDatabase database, List<Finding> findings) {
    this.environment = environment;
    this.database = database;
    this.findings = findings;
  }

  /** That the standby is one, and follows; nothing where there is none. */
  void run() {
    LocalReading reading = database.reading();
    if (!reading.isFromStandby()) {
      return;
    }
    // It waits for the standby, as an export does.
    try (Handle session = reading.session()) {
      Database open = reading.database();
      ServerFacts facts = open.dialect().serverFacts(session);
      findings.add(
          Finding.ok(
              "%s: rows are read from %s, %s %s, which has all that %s has"
                  .formatted(
                      environment.name(),
                      reading.place(),
                      facts.engine(),
                      facts.version(),
                      database.place())));
    }
  }
}
