package io.travaso.database.postgres;

import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.UniqueKey;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads the catalog from {@code pg_catalog}, in one query a kind of object. */
final class PostgresCatalog {
  /**
   * Ordinary and partitioned tables; no views, foreign or temporary tables, no partition by itself.
   */
  private static final String TABLES =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind,
             c.relhasrules,
             c.relhastriggers AND EXISTS (
               SELECT FROM pg_trigger AS g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
             OR c.relkind = 'p' AND EXISTS (
               SELECT FROM pg_partition_tree(c.oid) AS p JOIN pg_trigger AS g ON g.tgrelid = p.relid
                WHERE NOT g.tgisinternal) AS triggers,
             c.relkind = 'r' AND (EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhparent = c.oid)
               OR EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhrelid = c.oid)) AS inheritance,
             c.relrowsecurity AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
               AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS row_security,
             has_schema_privilege(n.oid, 'USAGE') AS usable,
             has_table_privilege(c.oid, 'SELECT') AS may_select, has_table_privilege(c.oid, 'INSERT') AS may_insert,
             has_table_privilege(c.oid, 'UPDATE') AS may_update, has_table_privilege(c.oid, 'DELETE') AS may_delete
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
         AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'travaso')
      """;

  private static final String COLUMNS =
      """
      SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
             a.atttypid, a.atttypmod, a.attnotnull OR y.typnotnull AS not_null, a.attidentity, a.attgenerated, a.atthasdef,
             a.attcollation <> 0 AS textual, coalesce(l.collisdeterministic, true) AS deterministic,
             s.nspname AS sequence_schema, s.relname AS sequence_name
        FROM pg_attribute AS a
        JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND c.relpersistence <> 't'
        JOIN pg_type AS y ON y.oid = a.atttypid
        LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
        LEFT JOIN LATERAL (
          SELECT sn.nspname, sc.relname
            FROM (SELECT d.refobjid AS seq
                    FROM pg_attrdef AS f JOIN pg_depend AS d
                      ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
                     AND d.refclassid = 'pg_catalog.pg_class'::regclass
                   WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum
                   UNION ALL
                  SELECT d.objid FROM pg_depend AS d
                   WHERE a.attidentity <> '' AND d.classid = 'pg_catalog.pg_class'::regclass
                     AND d.refclassid = 'pg_catalog.pg_class'::regclass
                     AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype = 'i') AS q
            JOIN pg_class AS sc ON sc.oid = q.seq AND sc.relkind = 'S'
            JOIN pg_namespace AS sn ON sn.oid = sc.relnamespace
           LIMIT 1) AS s ON a.atthasdef OR a.attidentity <> ''
       WHERE a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attrelid, a.attnum
      """;

  private static final String UNIQUES =
      """
      SELECT i.indrelid, i.indisprimary, x.relname,
             (SELECT array_agg(a.attname::text ORDER BY k.n)
                FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, n)
                JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
               WHERE k.n <= i.indnkeyatts) AS columns
        FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
       WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
       ORDER BY i.indrelid, x.relname
      """;

  /** A foreign key from or to one partition counts as one of the whole table. */
  private static final String FOREIGN_KEYS =
      """
      SELECT coalesce(pg_partition_root(o.conrelid), o.conrelid)::oid AS referencing, o.conname,
             coalesce(pg_partition_root(o.confrelid), o.confrelid)::oid AS referenced,
             o.confdeltype IN ('c', 'n', 'd') OR o.confupdtype IN ('c', 'n', 'd') AS acts,
             (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(o.conkey) WITH ORDINALITY AS k(attnum, n)
                JOIN pg_attribute AS a ON a.attrelid = o.conrelid AND a.attnum = k.attnum) AS columns,
             (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(o.confkey) WITH ORDINALITY AS k(attnum, n)
                JOIN pg_attribute AS a ON a.attrelid = o.confrelid AND a.attnum = k.attnum) AS target_columns
        FROM pg_constraint AS o
       WHERE o.contype = 'f' AND o.conparentid = 0
       ORDER BY o.conrelid, o.conname
      """;

  private static final String PARTITIONS =
      """
      SELECT p.oid, n.nspname, c.relname
        FROM pg_class AS p, LATERAL pg_partition_tree(p.oid) AS t
        JOIN pg_class AS c ON c.oid = t.relid JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE p.relkind = 'p' AND NOT p.relispartition AND t.isleaf
       ORDER BY p.oid, n.nspname, c.relname
      """;

  private final Handle handle;
  private final PostgresTypes types;
  private final Map<Long, TableId> ids = new HashMap<>();
  private final Map<Long, List<Column>> columns = new HashMap<>();
  private final Map<Long, List<String>> primaryKeys = new HashMap<>();
  private final Map<Long, List<UniqueKey>> uniques = new HashMap<>();
  private final Map<Long, List<ForeignKey>> foreignKeys = new HashMap<>();
  private final Map<Long, List<TableId>> partitions = new HashMap<>();

  PostgresCatalog(Handle handle) {
    this.handle = handle;
    this.types = PostgresTypes.read(handle);
  }

  /** One row of {@link #TABLES}. */
  private record Row(long oid, TableId id, Set<Trait> traits, Set<Privilege> privileges) {}

  Catalog read() {
    List<Row> rows = handle.createQuery(TABLES).map((r, c) -> row(r)).list();
    rows.forEach(row -> ids.put(row.oid(), row.id()));
    each(COLUMNS, r -> add(columns, r.getLong("attrelid"), column(r)));
    each(UNIQUES, this::unique);
    each(FOREIGN_KEYS, this::foreignKey);
    each(PARTITIONS, r -> add(partitions, r.getLong("oid"), id(r)));
    PostgresConstraints constraints = PostgresConstraints.read(handle);
    Map<TableId, Table> tables = new HashMap<>();
    for (Row row : rows) {
      tables.put(
          row.id(),
          new Table(
              row.id(),
              columns.getOrDefault(row.oid(), List.of()),
              primaryKeys.getOrDefault(row.oid(), List.of()),
              uniques.getOrDefault(row.oid(), List.of()),
              foreignKeys.getOrDefault(row.oid(), List.of()),
              partitions.getOrDefault(row.oid(), List.of()),
              constraints.of(row.oid()),
              row.traits(),
              row.privileges()));
    }
    return new Catalog(tables, models(tables), "public");
  }

  private List<Catalog.Model> models(Map<TableId, Table> tables) {
    Table contentTypes = tables.get(new TableId("public", "django_content_type"));
    if (contentTypes == null
        || !contentTypes.privileges().contains(Privilege.SELECT)
        || contentTypes.column("app_label").isEmpty()
        || contentTypes.column("model").isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT app_label, model FROM public.django_content_type ORDER BY 1, 2")
        .map((r, c) -> new Catalog.Model(r.getString(1), r.getString(2)))
        .list();
  }

  private static Row row(ResultSet r) throws SQLException {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    addIf(traits, Trait.PARTITIONED, r.getString("relkind").equals("p"));
    addIf(traits, Trait.INHERITANCE, r.getBoolean("inheritance"));
    addIf(traits, Trait.RULES, r.getBoolean("relhasrules"));
    addIf(traits, Trait.ROW_SECURITY, r.getBoolean("row_security"));
    addIf(traits, Trait.TRIGGERS, r.getBoolean("triggers"));
    Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
    boolean usable = r.getBoolean("usable");
    addIf(privileges, Privilege.SELECT, usable && r.getBoolean("may_select"));
    addIf(privileges, Privilege.INSERT, usable && r.getBoolean("may_insert"));
    addIf(privileges, Privilege.UPDATE, usable && r.getBoolean("may_update"));
    addIf(privileges, Privilege.DELETE, usable && r.getBoolean("may_delete"));
    return new Row(r.getLong("oid"), id(r), traits, privileges);
  }

  private Column column(ResultSet r) throws SQLException {
    PostgresTypes.Type type = types.get(r.getLong("atttypid"), r.getInt("atttypmod"));
    String sequence = r.getString("sequence_name");
    boolean generated = !r.getString("attgenerated").isEmpty();
    return new Column(
        r.getString("attname"),
        r.getString("type"),
        type.kind(),
        type.exactEquality() && r.getBoolean("deterministic"),
        type.equality(),
        r.getBoolean("textual"),
        !r.getBoolean("not_null"),
        r.getString("attidentity").equals("a"),
        generated,
        r.getBoolean("atthasdef") || !r.getString("attidentity").isEmpty(),
        sequence == null || generated || !type.number()
            ? null
            : new TableId(r.getString("sequence_schema"), sequence),
        type.content());
  }

  private void unique(ResultSet r) throws SQLException {
    long table = r.getLong("indrelid");
    List<String> names = strings(r.getArray("columns"));
    if (r.getBoolean("indisprimary")) {
      primaryKeys.put(table, names);
    } else {
      add(uniques, table, new UniqueKey(r.getString("relname"), names));
    }
  }

  private void foreignKey(ResultSet r) throws SQLException {
    TableId from = ids.get(r.getLong("referencing"));
    TableId to = ids.get(r.getLong("referenced"));
    if (from != null && to != null) {
      add(
          foreignKeys,
          r.getLong("referencing"),
          new ForeignKey(
              r.getString("conname"),
              from,
              strings(r.getArray("columns")),
              to,
              strings(r.getArray("target_columns")),
              r.getBoolean("acts")));
    }
  }

  private static TableId id(ResultSet r) throws SQLException {
    return new TableId(r.getString("nspname"), r.getString("relname"));
  }

  private static List<String> strings(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }

  private static <E> void addIf(Set<E> set, E element, boolean condition) {
    if (condition) {
      set.add(element);
    }
  }

  private static <V> void add(Map<Long, List<V>> map, long key, V value) {
    map.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  /** Takes one row of a query. */
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String sql, RowReader reader) {
    handle
        .createQuery(sql)
        .map(
            (r, c) -> {
              reader.read(r);
              return true;
            })
        .list();
  }
}
