package io.travaso.database;

import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.Collection;

/** A check's questions about the tables of a set that are asked only there; all of them read. */
public interface StructureSql {

  /**
   * A query for the tables that inherit from these, however far: schema and name of the table, then
   * of the heir. Partitions are no heirs.
   */
  String heirs(Collection<TableId> tables);

  /**
   * A query for the columns that the database computes: schema and name of the table, column, and
   * the expression.
   */
  String generatedColumns(Collection<TableId> tables);

  /**
   * A query for the columns whose values may be numbers of large objects: schema and name of the
   * table, column.
   */
  String largeObjectColumns(Collection<TableId> tables);

  /**
   * A query for the tables whose triggers name another: schema and name of the table, then name of
   * the other.
   *
   * @param named the others, of which there is at least one
   */
  String triggersNaming(Collection<TableId> tables, Collection<TableId> named);

  /** A query for the keys of rows whose column holds the number of a large object that exists. */
  String holdingLargeObjects(SyncTable table, Column column, int limit);
}
