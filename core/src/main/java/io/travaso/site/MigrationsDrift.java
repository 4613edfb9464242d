package io.travaso.site;

import io.travaso.site.AllowedDrift.MigrationDrift;
import io.travaso.site.SchemaDrift.Side;
import io.travaso.table.MigrationHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Migrations that only one of two sides has. Where one side keeps no list that can be read, nothing
 * can be said, and nothing is.
 */
final class MigrationsDrift {
  /** How many are named; the first ones missing are those to begin with. */
  private static final int LISTED = 10;

  private MigrationsDrift() {}

  static void compare(SchemaDrift drift, Side source, Side target) {
    for (MigrationHistory here : source.migrations()) {
      for (MigrationHistory there : target.migrations()) {
        if (here.table().equals(there.table())) {
          lacking(drift, target.name(), there, source.name(), here, AllowedDrift.Side.SOURCE);
          lacking(drift, source.name(), here, target.name(), there, AllowedDrift.Side.TARGET);
        }
      }
    }
  }

  private static void lacking(
      SchemaDrift drift,
      String behind,
      MigrationHistory few,
      String ahead,
      MigrationHistory more,
      AllowedDrift.Side onlyIn) {
    Set<String> known = new HashSet<>(few.applied());
    List<String> missing = more.applied().stream().filter(name -> !known.contains(name)).toList();
    if (!missing.isEmpty()) {
      drift.refuseUnlessAllowed(
          "%s lacks %d %s that %s has: %s"
              .formatted(
                  behind,
                  missing.size(),
                  missing.size() == 1 ? "migration" : "migrations",
                  ahead,
                  first(missing)),
          "Migrate the side that is behind first; --allow-drift merges all the same.",
          new MigrationDrift(more.table(), missing, onlyIn));
    }
  }

  private static String first(List<String> names) {
    List<String> shown = new ArrayList<>(names.subList(0, Math.min(LISTED, names.size())));
    if (shown.size() < names.size()) {
      shown.add("… and " + (names.size() - shown.size()) + " more");
    }
    return String.join(", ", shown);
  }
}
