package io.travaso.keys;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.Dialect;
import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What keeps keys from being moved. */
final class Obstacles {
  private static final Map<Trait, String> TRAITS =
      Map.of(
          Trait.RULES, "rules rewrite what is written to it",
          Trait.ROW_SECURITY, "row-level security hides rows of it",
          Trait.INHERITANCE, "other tables inherit from it, or it from another",
          Trait.NON_TRANSACTIONAL, "what is written to it can't be taken back");

  private final Dialect dialect;
  private final Handle session;
  private final List<HeldKeys> holdings;

  Obstacles(Dialect dialect, Handle session, List<HeldKeys> holdings) {
    this.dialect = dialect;
    this.session = session;
    this.holdings = holdings;
  }

  /** Refuses tables that can't be written to safely, and rights that are missing. */
  void refuse() {
    List<String> unfit = new ArrayList<>();
    List<String> grants = new ArrayList<>();
    for (HeldKeys holding : holdings) {
      Table table = holding.table();
      table.traits().stream()
          .sorted()
          .filter(TRAITS::containsKey)
          .forEach(trait -> unfit.add(table.id() + ": " + TRAITS.get(trait)));
      Set<Privilege> lacked = new TreeSet<>(Set.of(Privilege.SELECT, Privilege.UPDATE));
      lacked.removeAll(table.privileges());
      if (!lacked.isEmpty()) {
        grants.add(
            "GRANT %s ON %s TO %s;"
                .formatted(
                    String.join(", ", lacked.stream().map(Privilege::name).toList()),
                    dialect.quote(table.id()),
                    session.createQuery(dialect.merge().grantee()).mapTo(String.class).one()));
      }
    }
    if (!unfit.isEmpty()) {
      throw SyncException.refused(
          "Tables that hold these keys can't be written to safely", "Nothing was written.", unfit);
    }
    if (!grants.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "The connected role lacks rights on tables that hold these keys",
          "As the owner of what they are on, run the statements listed.",
          grants);
    }
  }

  /** Why a column that holds a key can't be set to another; empty where it can. */
  static Optional<String> unmovable(HeldKeys holding, Holder holder, List<HeldKeys> holdings) {
    String column = holding.table().id() + "." + holder.column().name();
    if (holder.column().generated() || holder.column().identityAlways()) {
      return Optional.of(column + " is computed by the database");
    }
    return holding.table().foreignKeys().stream()
        .filter(key -> referencesAnother(key, holder, holdings))
        .findFirst()
        .map(key -> "%s is at the same time a key of %s".formatted(column, key.target()));
  }

  /** Whether a foreign key ties the column to one that keeps its value. */
  private static boolean referencesAnother(ForeignKey key, Holder holder, List<HeldKeys> holdings) {
    int index = key.columns().indexOf(holder.column().name());
    return index >= 0
        && holdings.stream()
            .filter(h -> h.table().id().equals(key.target()))
            .flatMap(h -> h.holders().stream())
            .noneMatch(h -> h.column().name().equals(key.targetColumns().get(index)));
  }
}
