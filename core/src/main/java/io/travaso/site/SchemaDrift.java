package io.travaso.site;

import io.travaso.Finding;
import io.travaso.database.ServerFacts;
import io.travaso.site.AllowedDrift.ColumnDrift;
import io.travaso.site.AllowedDrift.Difference;
import io.travaso.site.AllowedDrift.MigrationDrift;
import io.travaso.table.MigrationHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables of two sides differ, so that rows could not go from one to the other as they
 * are.
 */
public final class SchemaDrift {
  static final String MIGRATE = "Bring both sides to the same migrations first";
  static final String NEVER_ALLOWED = MIGRATE + "; --allow-drift does not cover this.";

  private final List<Found> found = new ArrayList<>();

  /**
   * One of the two.
   *
   * @param name what it is called in messages
   * @param engine its database's
   */
  public record Side(
      String name, String engine, List<TableShape> tables, List<MigrationHistory> migrations) {

    static Side of(SiteReport report) {
      ServerFacts server = report.server();
      return new Side(
          report.environment(),
          server == null ? "" : server.engine(),
          report.tables(),
          report.migrations());
    }
  }

  /**
   * A difference as it is told.
   *
   * @param harmless set where nothing is lost by merging all the same
   */
  private record Found(Finding finding, @Nullable Difference harmless) {}

  private SchemaDrift() {}

  /** Compares two sites. */
  public static SchemaDrift between(SiteReport source, SiteReport target) {
    return between(Side.of(source), Side.of(target));
  }

  /** Compares the tables to be written with those of the target, and then the migrations. */
  static SchemaDrift between(Side source, Side target) {
    SchemaDrift drift = new SchemaDrift();
    for (TableShape table : source.tables()) {
      target.tables().stream()
          .filter(t -> t.table().equals(table.table()))
          .findFirst()
          .ifPresentOrElse(
              other -> new TableDrift(drift, source, table, target, other).compare(),
              () ->
                  drift.refuse(
                      "%s is in %s but not among the tables of %s"
                          .formatted(table.label(), source.name(), target.name()),
                      NEVER_ALLOWED));
    }
    MigrationsDrift.compare(drift, source, target);
    return drift;
  }

  /** Something that would lose data. */
  void refuse(String what, String hint) {
    found.add(new Found(finding(what, hint), null));
  }

  /** Something that loses nothing, and that the user has to know. */
  void refuseUnlessAllowed(String what, String hint, Difference harmless) {
    found.add(new Found(finding(what, hint), harmless));
  }

  private static Finding finding(String what, String hint) {
    return Finding.refusal("Schema drift: " + what, hint);
  }

  /**
   * What keeps rows from being merged.
   *
   * @param allowed whether the user allows what loses nothing
   */
  public List<Finding> problems(boolean allowed) {
    return found.stream()
        .filter(f -> !allowed || f.harmless() == null)
        .map(Found::finding)
        .toList();
  }

  /** What loses nothing. */
  AllowedDrift harmless() {
    return new AllowedDrift(harmless(ColumnDrift.class), harmless(MigrationDrift.class));
  }

  private <T extends Difference> List<T> harmless(Class<T> kind) {
    return found.stream()
        .flatMap(f -> Stream.ofNullable(f.harmless()))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
