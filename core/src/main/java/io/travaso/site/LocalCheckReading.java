package io.travaso.site;

import io.travaso.Finding;
import io.travaso.config.Environment;
import io.travaso.database.Database;
import io.travaso.database.ServerFacts;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What has to be right, and known, where a database is on more than one server. */
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
  void standby() {
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

  /** What somebody who writes to a node of a cluster should know. */
  void cluster() {
    Database open = database.get();
    open.with(
            "Asking " + open.name() + " for its cluster",
            session ->
                open.dialect().cluster().isNode(session)
                    ? open.dialect().cluster().cautions(session)
                    : List.<String>of())
        .forEach(
            caution ->
                findings.add(
                    Finding.warning(environment.name() + " " + caution, "See docs/scaling.md.")));
  }
}
