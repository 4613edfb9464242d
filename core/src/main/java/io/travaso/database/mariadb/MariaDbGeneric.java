package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedKeyText;

import io.travaso.database.MergeSql.Lookups;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.GenericReference.Target;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.List;
import java.util.Objects;

/** How the target's row of a generic relation is looked up, over staged rows {@code s}. */
final class MariaDbGeneric {
  private final SyncTable table;
  private final Field field;
  private final GenericReference generic;
  private final Lookups lookups;
  private final int index;
  private final String carried;

  MariaDbGeneric(SyncTable table, Field field, Lookups lookups) {
    this.table = table;
    this.field = field;
    this.generic = Objects.requireNonNull(field.generic());
    this.lookups = lookups;
    this.index = index(table, field.column());
    this.carried = "s." + SyncTable.referenceName(index, 0);
  }

  private static int index(SyncTable table, Column column) {
    return table.written().indexOf(column);
  }

  /**
   * Whether a relation's key, often a text, is the id of a row, often a number. The id's side stays
   * as it is, so that its index is of use.
   */
  static String isSame(Column idColumn, String id, Column keyColumn, String key) {
    boolean number = idColumn.kind() == ValueKind.INTEGER;
    if (number && keyColumn.kind() == ValueKind.INTEGER) {
      return id + " = " + key;
    }
    if (number) {
      return "%s = CASE WHEN %2$s REGEXP '^-?(0|[1-9][0-9]{0,17})$' THEN CAST(%2$s AS SIGNED) END"
          .formatted(id, key);
    }
    if (idColumn.isUuid()) {
      return "%s = CASE WHEN %2$s REGEXP '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN CAST(%2$s AS UUID) END"
          .formatted(id, MariaDbJson.coercible(key));
    }
    return id + " = " + MariaDbJson.coercible(key);
  }

  private static String isModel(
      SyncTable table, GenericReference generic, Target target, String alias) {
    int contentType = index(table, generic.contentType());
    return "%1$s.%2$s = %3$s AND %1$s.%4$s = %5$s"
        .formatted(
            alias,
            SyncTable.referenceName(contentType, 0),
            literal(target.model().appLabel()),
            SyncTable.referenceName(contentType, 1),
            literal(target.model().name()));
  }

  private String refers() {
    return "JSON_TYPE(" + carried + ") = 'ARRAY'";
  }

  private boolean isMerged(Target target) {
    return lookups.ids().containsKey(target.naturalKey().table().id());
  }

  String join() {
    StringBuilder joins = new StringBuilder();
    for (int j = 0; j < generic.targets().size(); j++) {
      Target target = generic.targets().get(j);
      String suffix = index + "_" + j;
      join(
          joins,
          target,
          MariaDbNatural.rows(target.naturalKey(), List.of(target.id())),
          "f" + suffix);
      if (isMerged(target)) {
        String ids = lookups.requiredIds(target.naturalKey().table().id());
        join(joins, target, quote(ids), "m" + suffix);
      }
    }
    return joins.toString();
  }

  private void join(StringBuilder joins, Target target, String rows, String alias) {
    String isTarget = isModel(table, generic, target, "s") + " AND " + refers();
    List<Column> columns = target.naturalKey().columns();
    joins
        .append(" LEFT JOIN ")
        .append(rows)
        .append(" AS ")
        .append(alias)
        .append(" ON ")
        .append(
            MariaDbNatural.same(
                target.naturalKey(),
                // Of another model's rows it may be no value of this type.
                k -> "CASE WHEN %s THEN %s END".formatted(isTarget, value(columns.get(k), k)),
                k -> alias + ".n" + k))
        .append(" AND ")
        .append(isTarget);
  }

  private String value(Column column, int k) {
    return MariaDbCasts.cast(
        MariaDbJson.read(column, MariaDbJson.element(carried, k)), column.type());
  }

  /** What the column is to hold. */
  String found() {
    StringBuilder found = new StringBuilder("(CASE");
    boolean number = field.column().kind() == ValueKind.INTEGER;
    if (!number) {
      // Of the column's own collation.
      found
          .append(" WHEN FALSE THEN (SELECT x.")
          .append(quote(field.column().name()))
          .append(" FROM ")
          .append(quote(table.id()))
          .append(" AS x LIMIT 0)");
    }
    for (int j = 0; j < generic.targets().size(); j++) {
      Target target = generic.targets().get(j);
      String suffix = index + "_" + j;
      String id = "f" + suffix + ".id0";
      String answer =
          isMerged(target) ? "COALESCE(m%s.%s, %s)".formatted(suffix, SyncTable.OWN_ID, id) : id;
      found
          .append(" WHEN ")
          .append(isModel(table, generic, target, "s"))
          .append(" AND ")
          .append(refers())
          .append(" THEN ")
          .append(number ? answer : MariaDbJson.coercible(answer));
    }
    // The number of a row that has others in each database is nobody's here.
    for (Target target : generic.targets()) {
      found.append(" WHEN ").append(isModel(table, generic, target, "s")).append(" THEN NULL");
    }
    found
        .append(" WHEN JSON_TYPE(")
        .append(carried)
        .append(") IN ('NULL', 'ARRAY') THEN NULL ELSE ")
        .append(scalar())
        .append(" END)");
    return found.toString();
  }

  private String scalar() {
    return MariaDbCasts.cast(
        MariaDbJson.read(field.column(), "JSON_UNQUOTE(" + carried + ")"), field.column().type());
  }

  /** The staged rows whose relation nobody answers to: their key, then what it was looked up by. */
  String missing(String staging, int limit) {
    return "SELECT %s, CONCAT(s.%s, '.', s.%s, ' ', %s, CASE WHEN %s THEN '' ELSE ', which is its number elsewhere' END) FROM %s WHERE JSON_TYPE(%s) <> 'NULL' AND s.%s IS NULL LIMIT %d"
        .formatted(
            stagedKeyText(table),
            SyncTable.referenceName(index(table, generic.contentType()), 0),
            SyncTable.referenceName(index(table, generic.contentType()), 1),
            MariaDbJson.coercible(carried),
            refers(),
            staged(staging),
            carried,
            SyncTable.stagingName(index),
            limit);
  }

  /** The staged rows whose relation would now be looked up as another. */
  String moved(String staging, int limit) {
    return "SELECT %s FROM %s%s WHERE %s AND NOT (BINARY s.%s <=> BINARY %s) LIMIT %d"
        .formatted(
            stagedKeyText(table),
            staged(staging),
            join(),
            refers(),
            SyncTable.stagingName(index),
            found(),
            limit);
  }

  /** Puts the drawn ids of a model's new rows in the place of the provisional ones. */
  static String renumber(
      SyncTable table, Field field, Target target, String staging, String drawn) {
    int index = index(table, field.column());
    String value = "x." + SyncTable.stagingName(index);
    return "UPDATE %1$s AS x JOIN %2$s AS n ON %3$s AND %4$s AND JSON_TYPE(x.%5$s) = 'ARRAY' SET %6$s = n.drawn"
        .formatted(
            quote(staging),
            quote(drawn),
            isSame(target.id(), "n.provisional", field.column(), value),
            isModel(table, Objects.requireNonNull(field.generic()), target, "x"),
            SyncTable.referenceName(index, 0),
            value);
  }
}
