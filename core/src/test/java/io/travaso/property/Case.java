package io.travaso.property;

import java.util.List;

/** A random schema with its rows on both sides. */
record Case(Spec spec, List<RandomTable> tables, Rows rows) {
  private static final List<String> ENDINGS = List.of(".json", ".json.gz", ".json.zst");

  static Case of(Spec spec, List<Type> types) {
    List<RandomTable> tables = SchemaMaker.make(spec, types);
    return new Case(spec, tables, new Rows(tables));
  }

  String ending() {
    return ENDINGS.get(spec.file() % ENDINGS.size());
  }

  int indent() {
    return spec.file() / 3 % 4 == 3 ? 2 : 0;
  }

  /** All that is needed to do it by hand. */
  @Override
  public String toString() {
    return "\n-- schema\n"
        + SchemaSql.tables(tables)
        + SchemaSql.foreignKeys(tables)
        + "\n-- the source's rows\n"
        + SchemaSql.rows(tables, rows, Side.SOURCE)
        + "\n-- the target's rows\n"
        + SchemaSql.rows(tables, rows, Side.TARGET);
  }
}
