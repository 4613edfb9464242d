package io.travaso.property;

import java.util.ArrayList;
import java.util.List;

/** A random table: its columns, keys and rows. */
final class RandomTable {
  final String schema;
  final String name;

  /** In the table's order. */
  final List<Column> columns = new ArrayList<>();

  final List<Column> key = new ArrayList<>();
  final List<Unique> uniques = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  final boolean partitioned;
  final List<Spec.OfRow> rows;

  RandomTable(String schema, String name, boolean partitioned, List<Spec.OfRow> rows) {
    this.schema = schema;
    this.name = name;
    this.partitioned = partitioned;
    this.rows = rows;
  }

  /** As it stands in SQL. */
  String sql() {
    return Names.quote(schema) + "." + Names.quote(name);
  }

  List<Column> written() {
    return columns.stream().filter(Column::isWritten).toList();
  }
}
