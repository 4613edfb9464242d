package io.travaso.cloning;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.travaso.database.CloneSql.SequencePlace;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Constraints;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.UniqueKey;
import io.travaso.table.ValueKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a package holds.
 *
 * @param format {@link #FORMAT}
 * @param keyCheck tells whether two exports were masked with the same key; empty without one
 * @param speaksOfKept whether generic relations are to rows that the target keeps
 * @param tables all tables of the source, so that nothing has to be guessed from half a structure
 * @param rows where each table's rows stand
 * @param filledViews materialised views that had rows
 */
record PackageManifest(
    int format,
    String toolVersion,
    String takenAt,
    CloneSource source,
    String keyCheck,
    boolean speaksOfKept,
    String defaultSchema,
    List<Catalog.Model> models,
    List<TableShape> tables,
    List<RowsEntry> rows,
    List<SequencePlace> sequences,
    List<TableId> filledViews) {
  static final int FORMAT = 1;

  /** The manifest's name in a package. */
  static final String ENTRY = "manifest.json";

  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Rows of a table in a package.
   *
   * @param entry its name
   * @param slots what the values of a row are, in order
   * @param sha256 of the rows as they are loaded, each with its newline
   */
  record RowsEntry(TableId table, String entry, List<String> slots, long rows, String sha256) {}

  /** A table, without what only its own database can use. */
  record TableShape(
      TableId id,
      List<ColumnShape> columns,
      List<String> primaryKey,
      List<UniqueKey> uniqueKeys,
      List<KeyShape> foreignKeys,
      List<TableId> partitions,
      Set<Table.Trait> traits) {

    static TableShape of(Table table) {
      return new TableShape(
          table.id(),
          table.columns().stream().map(ColumnShape::of).toList(),
          table.primaryKey(),
          table.uniqueKeys(),
          table.foreignKeys().stream().map(KeyShape::of).toList(),
          table.partitions(),
          table.traits());
    }

    Table table() {
      return new Table(
          id,
          columns.stream().map(ColumnShape::column).toList(),
          primaryKey,
          uniqueKeys,
          foreignKeys.stream().map(KeyShape::key).toList(),
          partitions,
          Constraints.NONE,
          traits,
          EnumSet.allOf(Table.Privilege.class));
    }
  }

  /** A foreign key. */
  record KeyShape(
      String name,
      TableId table,
      List<String> columns,
      TableId target,
      List<String> targetColumns,
      boolean acts) {

    static KeyShape of(ForeignKey key) {
      return new KeyShape(
          key.name(), key.table(), key.columns(), key.target(), key.targetColumns(), key.acts());
    }

    ForeignKey key() {
      return new ForeignKey(name, table, columns, target, targetColumns, acts);
    }
  }

  /** A column. */
  record ColumnShape(
      String name,
      String type,
      ValueKind kind,
      boolean exactEquality,
      String equality,
      boolean textual,
      boolean nullable,
      boolean identityAlways,
      boolean generated,
      boolean hasDefault,
      @Nullable TableId sequence) {

    static ColumnShape of(Column c) {
      return new ColumnShape(
          c.name(),
          c.type(),
          c.kind(),
          c.exactEquality(),
          c.equality(),
          c.textual(),
          c.nullable(),
          c.identityAlways(),
          c.generated(),
          c.hasDefault(),
          c.sequence());
    }

    Column column() {
      return new Column(
          name,
          type,
          kind,
          exactEquality,
          equality,
          textual,
          nullable,
          identityAlways,
          generated,
          hasDefault,
          sequence);
    }
  }

  /** The source's catalog. */
  Catalog catalog() {
    Map<TableId, Table> known = new HashMap<>();
    tables.forEach(shape -> known.put(shape.id(), shape.table()));
    return new Catalog(known, models, defaultSchema);
  }
}
