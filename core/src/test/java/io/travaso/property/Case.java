package io.travaso.property;

import java.util.List;

/** A random schema with its rows on both sides. */
record Case(Spec spec, List<RandomTable> tables, Rows rows, SchemaSql sql) {
  private static final List<String> ENDINGS = List.of(".json", ".json.gz", ".json.zst");

  static Case of(Spec spec, Server server) {
    List<RandomTable> tables = SchemaMaker.make(spec, server.engine(), server.types());
    return new Case(spec, tables, new Rows(tables), server.sql());
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
        + sql.tables(tables)
        + sql.foreignKeys(tables)
        + "\n-- the source's rows\n"
        + sql.rows(tables, rows, Side.SOURCE)
        + "\n-- the target's rows\n"
        + sql.rows(tables, rows, Side.TARGET);
  }
}
