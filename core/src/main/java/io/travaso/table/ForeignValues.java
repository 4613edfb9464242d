package io.travaso.table;

import io.travaso.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which columns hold values that mean another row in each database: what references a row
 * outside the set, or one with an id of its own, and also what references such a column. A row of
 * {@code profile} whose key is its user's id has another key in each database, and so has whoever
 * references it.
 */
final class ForeignValues {
  private final Map<TableId, TableNames.Named> members;
  private final MatchResolver matches;
  private final List<Finding> findings;

  ForeignValues(
      Map<TableId, TableNames.Named> members, MatchResolver matches, List<Finding> findings) {
    this.members = members;
    this.matches = matches;
    this.findings = findings;
  }

  /**
   * The foreign key by which a column of this one leads to such a row: the key itself, or one made
   * of it and those on the way.
   */
  Optional<ForeignKey> behind(ForeignKey key, String column) {
    return behind(key, column, new HashSet<>());
  }

  private Optional<ForeignKey> behind(ForeignKey key, String column, Set<String> path) {
    TableNames.Named member = members.get(key.target());
    if (member == null) {
      return Optional.of(key);
    }
    Table target = member.table();
    String referenced = key.targetColumns().get(key.columns().indexOf(column));
    if (matches.isByMeaning(target)
        && target.primaryKey().contains(referenced)
        && !matches.of(target.id()).contains(referenced)) {
      return Optional.of(key);
    }
    if (!path.add(target.id() + "." + referenced)) {
      return Optional.empty();
    }
    return target.foreignKeys().stream()
        .filter(next -> next.columns().contains(referenced))
        .flatMap(next -> behind(next, referenced, path).stream())
        .findFirst()
        .flatMap(next -> joined(key, next));
  }

  private Optional<ForeignKey> joined(ForeignKey key, ForeignKey next) {
    List<String> columns = new ArrayList<>();
    for (String column : next.columns()) {
      int index = key.targetColumns().indexOf(column);
      if (index < 0) {
        findings.add(
            Finding.problem(
                key + " holds only a part of what references " + next.target(),
                "Add " + next.target() + " to tables, matched by its primary key."));
        return Optional.empty();
      }
      columns.add(key.columns().get(index));
    }
    return Optional.of(
        new ForeignKey(
            key.name(), key.table(), columns, next.target(), next.targetColumns(), false));
  }
}
