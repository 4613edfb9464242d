package io.travaso.site;

import io.travaso.Finding;
import io.travaso.database.ServerFacts;
import io.travaso.ledger.EnvironmentMark;
import io.travaso.table.MigrationHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param toolVersion the tool's version on the site's host
 * @param configFingerprint what its configuration says of the set, in one number
 * @param place where the database is, for people
 * @param server null where it could not be reached
 * @param mark which environment the database says it is; null where nobody marked it
 * @param tables the set's tables as they are there
 * @param migrations those that were applied there, as far as they concern the set
 * @param generated the columns of them that the database computes
 */
public record SiteReport(
    String environment,
    String toolVersion,
    String configFingerprint,
    String place,
    @Nullable ServerFacts server,
    @Nullable EnvironmentMark mark,
    List<TableShape> tables,
    List<MigrationHistory> migrations,
    List<GeneratedColumn> generated,
    List<Finding> findings) {

  public SiteReport {
    tables = List.copyOf(tables);
    migrations = List.copyOf(migrations);
    generated = List.copyOf(generated);
    findings = List.copyOf(findings);
  }

  public boolean hasProblems() {
    return findings.stream().anyMatch(Finding::isProblem);
  }
}
