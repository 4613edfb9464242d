package io.travaso.database;

import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Columns that hold large objects: what a row has of one is its number, and the content stands
 * elsewhere. A number that goes without its content means nothing over there, or another object.
 */
public final class LargeObjects {
  /** How many rows of a column are named. */
  private static final int LISTED = 20;

  /** What to do about them. */
  public static final String HINT =
      "Only their numbers would be moved, not what they hold. Leave the column out with columns:"
          + " {TABLE: {COLUMN: ignore}}, or keep the contents in a column of type bytea.";

  private LargeObjects() {}

  /** The rows that hold large objects in a column that is written, a line a column. */
  public static List<String> held(Handle session, StructureSql sql, List<SyncTable> tables) {
    return held(session, sql, tables, Set.of());
  }

  /**
   * The same.
   *
   * @param nameless the tables whose rows are not named, for nobody may know their keys
   */
  public static List<String> held(
      Handle session, StructureSql sql, List<SyncTable> tables, Set<TableId> nameless) {
    List<String> held = new ArrayList<>();
    if (tables.isEmpty()) {
      return held;
    }
    session
        .createQuery(sql.largeObjectColumns(tables.stream().map(SyncTable::id).toList()))
        .map((r, c) -> new Place(new TableId(r.getString(1), r.getString(2)), r.getString(3)))
        .forEach(place -> add(held, session, sql, place, tables, nameless));
    return held;
  }

  private record Place(TableId table, String column) {}

  private static void add(
      List<String> held,
      Handle session,
      StructureSql sql,
      Place place,
      List<SyncTable> tables,
      Set<TableId> nameless) {
    for (SyncTable table : tables) {
      if (table.id().equals(place.table())) {
        table.written().stream()
            .filter(column -> column.name().equals(place.column()))
            .map(column -> sql.holdingLargeObjects(table, column, LISTED + 1))
            .map(query -> session.createQuery(query).mapTo(String.class).list())
            .filter(keys -> !keys.isEmpty())
            .forEach(
                keys ->
                    held.add(
                        nameless.contains(table.id())
                            ? table.label() + "." + place.column() + " holds large objects"
                            : text(table, place.column(), keys)));
      }
    }
  }

  private static String text(SyncTable table, String column, List<String> keys) {
    String named = String.join(", ", keys.subList(0, Math.min(keys.size(), LISTED)));
    return "%s.%s holds large objects, in rows %s"
        .formatted(table.label(), column, keys.size() > LISTED ? named + ", …" : named);
  }
}
