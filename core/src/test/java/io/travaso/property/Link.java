package io.travaso.property;

import java.util.ArrayList;
import java.util.List;

/** A foreign key. Its columns come after it was made, so they are added. */
final class Link {
  final RandomTable from;
  final RandomTable to;
  final List<Column> target;
  final List<Column> columns = new ArrayList<>();
  final boolean nullable;

  /** Whether its columns are part of the referencing table's key. */
  final boolean identifying;

  /** What follows REFERENCES: how it is matched, what it does, when it is checked. */
  final String rule;

  /** Its place among the choices of a row. */
  final int number;

  Link(
      RandomTable from,
      RandomTable to,
      List<Column> target,
      boolean nullable,
      boolean identifying,
      String rule,
      int number) {
    this.from = from;
    this.to = to;
    this.target = target;
    this.nullable = nullable;
    this.identifying = identifying;
    this.rule = rule;
    this.number = number;
  }

  boolean isPartlyNullable() {
    return nullable && columns.size() > 1 && !rule.contains("MATCH FULL");
  }
}
