package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedKeyText;

import io.travaso.database.MergeSql.Lookups;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.GenericReference.Target;
import io.travaso.table.SyncTable;
import java.util.List;
import java.util.Objects;

/** How the target's row of a generic relation is looked up, over staged rows {@code s}. */
final class PostgresGeneric {
  private final SyncTable table;
  private final Field field;
  private final GenericReference generic;
  private final Lookups lookups;
  private final int index;
  private final String carried;

  PostgresGeneric(SyncTable table, Field field, Lookups lookups) {
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
    return "jsonb_typeof(" + carried + ") = 'array'";
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
          PostgresNatural.rows(target.naturalKey(), List.of(target.id())),
          "f" + suffix);
      if (isMerged(target)) {
        String ids = lookups.requiredIds(target.naturalKey().table().id());
        join(joins, target, "pg_temp." + quote(ids), "m" + suffix);
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
            PostgresNatural.same(
                target.naturalKey(),
                // Of another model's rows it may be no value of this type.
                k ->
                    "CASE WHEN %s THEN (%s ->> %d)::%s END"
                        .formatted(isTarget, carried, k, columns.get(k).type()),
                k -> alias + ".n" + k))
        .append(" AND ")
        .append(isTarget);
  }

  /** What the column is to hold. */
  String found() {
    StringBuilder found = new StringBuilder("CASE");
    for (int j = 0; j < generic.targets().size(); j++) {
      Target target = generic.targets().get(j);
      String suffix = index + "_" + j;
      String id = "f" + suffix + ".id0";
      found
          .append(" WHEN ")
          .append(isModel(table, generic, target, "s"))
          .append(" AND ")
          .append(refers())
          .append(" THEN ")
          .append(
              isMerged(target)
                  ? "coalesce(m%s.%s, %s)::text".formatted(suffix, SyncTable.OWN_ID, id)
                  : id + "::text");
    }
    // The number of a row that has others in each database is nobody's here.
    for (Target target : generic.targets()) {
      found.append(" WHEN ").append(isModel(table, generic, target, "s")).append(" THEN NULL");
    }
    String key = "CASE WHEN " + refers() + " THEN NULL ELSE " + carried + " #>> '{}' END";
    String text = generic.targets().isEmpty() ? key : found + " ELSE " + key + " END";
    return "(" + text + ")::" + field.column().type();
  }

  /** The staged rows whose relation nobody answers to: their key, then what it was looked up by. */
  String missing(String staging, int limit) {
    return "SELECT %s, concat(s.%s, '.', s.%s, ' ', %s, CASE WHEN NOT %s THEN ', which is its number elsewhere' END) FROM %s WHERE jsonb_typeof(%s) <> 'null' AND s.%s IS NULL LIMIT %d"
        .formatted(
            stagedKeyText(table),
            SyncTable.referenceName(index(table, generic.contentType()), 0),
            SyncTable.referenceName(index(table, generic.contentType()), 1),
            carried,
            refers(),
            staged(staging),
            carried,
            SyncTable.stagingName(index),
            limit);
  }

  /** The staged rows whose relation would now be looked up as another. */
  String moved(String staging, int limit) {
    return "SELECT %s FROM %s%s WHERE %s AND s.%s::text IS DISTINCT FROM (%s)::text LIMIT %d"
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
    return "UPDATE pg_temp.%1$s AS x SET %2$s = n.drawn::text::%3$s FROM pg_temp.%4$s AS n WHERE x.%2$s::text = n.provisional::text AND %5$s AND jsonb_typeof(x.%6$s) = 'array'"
        .formatted(
            quote(staging),
            SyncTable.stagingName(index),
            field.column().type(),
            quote(drawn),
            isModel(table, Objects.requireNonNull(field.generic()), target, "x"),
            SyncTable.referenceName(index, 0));
  }
}
