package io.travaso.table;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A many-to-many join table as Django makes it by itself: an id of its own and two foreign keys
 * that are unique together. Its rows are the pairs; the id means nothing.
 *
 * @param pair the two referencing columns
 */
record JoinTable(Table table, List<ForeignKey> pair) {

  static Optional<JoinTable> of(Table table) {
    if (table.primaryKey().size() != 1 || table.columns().size() != 3) {
      return Optional.empty();
    }
    Column id = table.requiredColumn(table.primaryKey().get(0));
    List<Column> others = table.columns().stream().filter(c -> !c.equals(id)).toList();
    List<ForeignKey> pair =
        others.stream()
            .flatMap(
                c ->
                    table.foreignKeys().stream()
                        .filter(fk -> fk.columns().equals(List.of(c.name())))
                        .limit(1))
            .toList();
    boolean join =
        id.hasDefault()
            && pair.size() == 2
            && others.stream().noneMatch(Column::nullable)
            && table.isUnique(others.stream().map(Column::name).toList());
    return join ? Optional.of(new JoinTable(table, pair)) : Optional.empty();
  }

  /** The table whose model has the many-to-many field: Django names the join table after it. */
  Optional<TableId> owner() {
    return pair.stream()
        .map(ForeignKey::target)
        .filter(t -> t.schema().equals(table.id().schema()))
        .filter(t -> table.id().name().startsWith(t.name() + "_"))
        .max(Comparator.comparingInt(t -> t.name().length()));
  }

  /** Which of the pair references its owner; the first, where both do. */
  ForeignKey to(TableId owner) {
    return pair.stream().filter(key -> key.target().equals(owner)).findFirst().orElseThrow();
  }
}
