package io.travaso.site;

import static io.travaso.site.SchemaDrift.MIGRATE;
import static io.travaso.site.SchemaDrift.NEVER_ALLOWED;

import io.travaso.site.AllowedDrift.ColumnDrift;
import io.travaso.site.SchemaDrift.Side;
import io.travaso.site.TableShape.ColumnShape;
import java.util.List;
import java.util.Optional;

/**
 * Where one table differs between two sides. A column that only one side has may be left out if
 * nothing is lost by it, a generated one is nobody's business: its database computes it.
 */
final class TableDrift {
  private static final String HOMELESS =
      "Give the column a type on one side that holds the other's values exactly, or leave it to each"
          + " environment: `ignore` in columns.";

  private final SchemaDrift drift;
  private final String source;
  private final TableShape here;
  private final String target;
  private final TableShape there;
  private final boolean oneEngine;

  TableDrift(SchemaDrift drift, Side source, TableShape here, Side target, TableShape there) {
    this.drift = drift;
    this.source = source.name();
    this.here = here;
    this.target = target.name();
    this.there = there;
    this.oneEngine = source.engine().equals(target.engine());
  }

  void compare() {
    if (!here.key().equals(there.key())) {
      drift.refuse(
          "%s: rows are recognised by [%s] in %s, by [%s] in %s"
              .formatted(
                  here.label(),
                  String.join(", ", here.key()),
                  source,
                  String.join(", ", there.key()),
                  target),
          NEVER_ALLOWED);
    }
    for (ColumnShape column : here.columns()) {
      named(there, column).ifPresent(other -> compare(column, other));
    }
    List<ColumnShape> onlyHere = lackingIn(there, here);
    List<ColumnShape> onlyThere = lackingIn(here, there);
    onlyHere.forEach(c -> onlyInSource(c, onlyThere));
    onlyThere.forEach(c -> onlyInTarget(c, onlyHere));
  }

  private static Optional<ColumnShape> named(TableShape table, ColumnShape column) {
    return table.columns().stream().filter(c -> c.name().equals(column.name())).findFirst();
  }

  private static List<ColumnShape> lackingIn(TableShape one, TableShape other) {
    return other.columns().stream().filter(c -> named(one, c).isEmpty()).toList();
  }

  private void compare(ColumnShape column, ColumnShape other) {
    if (!oneEngine && !column.hasHomeIn(other)) {
      drift.refuse(
          "%s.%s is %s in %s, whose values have no exact home in the %s of %s"
              .formatted(here.label(), column.name(), column.type(), source, other.type(), target),
          HOMELESS);
    } else if (oneEngine ? !column.isLike(other) : !column.isTwin(other)) {
      drift.refuse(
          "%s.%s is %s in %s, %s in %s"
              .formatted(here.label(), column.name(), column, source, other, target),
          NEVER_ALLOWED);
    }
    if (!column.isCarriedLike(other)) {
      drift.refuse(
          "%s.%s has another foreign key: a fixture has it as %s in %s, as %s in %s"
              .formatted(
                  here.label(),
                  column.name(),
                  column.carriedAs(),
                  source,
                  other.carriedAs(),
                  target),
          NEVER_ALLOWED);
    }
  }

  private void onlyInSource(ColumnShape column, List<ColumnShape> onlyThere) {
    String what = only(column, source);
    if (there.generated().contains(column.name())) {
      generated(column, target, source);
    } else if (isRenamed(column, onlyThere) || isKey(column)) {
      drift.refuse(what, renamed(onlyThere, column));
    } else {
      drift.refuseUnlessAllowed(
          what,
          MIGRATE + "; --allow-drift leaves it out if it is NULL in every row.",
          harmless(column, AllowedDrift.Side.SOURCE));
    }
  }

  private void onlyInTarget(ColumnShape column, List<ColumnShape> onlyHere) {
    String what = only(column, target);
    if (here.generated().contains(column.name())) {
      generated(column, source, target);
    } else if (!column.isOptional()) {
      drift.refuse(what + ", NOT NULL and without a default", NEVER_ALLOWED);
    } else if (isRenamed(column, onlyHere) || isKey(column)) {
      drift.refuse(what, renamed(onlyHere, column));
    } else {
      drift.refuseUnlessAllowed(
          what,
          MIGRATE
              + "; with --allow-drift rows keep what they have in it, new ones get its default.",
          harmless(column, AllowedDrift.Side.TARGET));
    }
  }

  private String only(ColumnShape column, String side) {
    return here.label() + ": column " + column.name() + " is only in " + side;
  }

  private void generated(ColumnShape column, String where, String elsewhere) {
    drift.refuse(
        "%s.%s is generated in %s, not in %s"
            .formatted(here.label(), column.name(), where, elsewhere),
        NEVER_ALLOWED);
  }

  private boolean isKey(ColumnShape column) {
    return here.key().contains(column.name()) || there.key().contains(column.name());
  }

  /** Two columns of one type that each only one side has may well be one column. */
  private boolean isRenamed(ColumnShape column, List<ColumnShape> others) {
    return others.stream().anyMatch(c -> isOfOneType(c, column));
  }

  private String renamed(List<ColumnShape> others, ColumnShape column) {
    return others.stream()
        .filter(c -> isOfOneType(c, column))
        .map(c -> "It looks like %s under another name. %s".formatted(c.name(), NEVER_ALLOWED))
        .findFirst()
        .orElse(NEVER_ALLOWED);
  }

  private boolean isOfOneType(ColumnShape one, ColumnShape other) {
    return oneEngine
        ? one.type().equals(other.type())
        : !one.holds().isEmpty() && one.holds().equals(other.holds());
  }

  private ColumnDrift harmless(ColumnShape column, AllowedDrift.Side onlyIn) {
    return new ColumnDrift(here.table(), here.label(), column.name(), onlyIn);
  }
}
