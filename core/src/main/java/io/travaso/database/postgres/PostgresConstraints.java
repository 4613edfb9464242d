package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.table.Check;
import io.travaso.table.Constraints;
import io.travaso.table.Exclusion;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Reads what tables demand of their rows. Expressions come with complete names, for the session's
 * search path is empty.
 *
 * <p>Left to the database is what can't be told from a row's values alone: expressions over the
 * whole row or its system columns, and checks that call functions which may look elsewhere.
 */
final class PostgresConstraints {
  /** One row an element. A unique index conflicts by the equality of its operator class. */
  private static final String EXCLUSIONS =
      """
      SELECT i.indrelid, x.relname, NOT i.indimmediate AS deferrable, o.oid IS NULL AS is_unique,
             coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_equal,
             pg_get_expr(i.indpred, i.indrelid) AS predicate,
             (SELECT array_agg(a.attname::text) FROM pg_attribute AS a
               WHERE a.attrelid = i.indrelid AND a.attnum > 0
                 AND (a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                   OR v.trees ~ (':varattno ' || a.attnum || ' '))) AS columns,
             c.attname AS plain, pg_get_indexdef(i.indexrelid, k.n, false) AS expression,
             l.collname, ln.nspname AS collation_schema, r.oprname, rn.nspname AS operator_schema
        FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
        LEFT JOIN pg_constraint AS o ON o.conindid = i.indexrelid AND o.conrelid = i.indrelid AND o.conexclop IS NOT NULL
       CROSS JOIN LATERAL (SELECT concat(i.indexprs::text, i.indpred::text) AS trees) AS v
       CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS k(n)
        LEFT JOIN pg_attribute AS c ON c.attrelid = i.indrelid AND c.attnum = i.indkey[k.n - 1] AND c.attnum > 0
        LEFT JOIN pg_collation AS l ON l.oid = i.indcollation[k.n - 1]
        LEFT JOIN pg_namespace AS ln ON ln.oid = l.collnamespace
        JOIN pg_opclass AS q ON q.oid = i.indclass[k.n - 1]
        JOIN pg_operator AS r ON r.oid = coalesce(o.conexclop[k.n], (
          SELECT e.amopopr FROM pg_amop AS e JOIN pg_am AS m ON m.oid = q.opcmethod AND m.amname = 'btree'
           WHERE e.amopfamily = q.opcfamily AND e.amopstrategy = 3
             AND e.amoplefttype = q.opcintype AND e.amoprighttype = q.opcintype))
        JOIN pg_namespace AS rn ON rn.oid = r.oprnamespace
       WHERE (i.indisunique OR i.indisexclusion) AND i.indisvalid AND v.trees !~ ':varattno (0|-)'
       ORDER BY i.indrelid, x.relname, k.n
      """;

  /** Also those that are NOT VALID: they bind new rows. */
  private static final String CHECKS =
      """
      SELECT o.conrelid, o.conname, pg_get_expr(o.conbin, o.conrelid) AS expression,
             (SELECT array_agg(a.attname::text) FROM pg_attribute AS a
               WHERE a.attrelid = o.conrelid AND a.attnum = ANY (o.conkey)) AS columns
        FROM pg_constraint AS o
       WHERE o.contype = 'c' AND o.conrelid <> 0 AND NOT 0 >= ANY (coalesce(o.conkey, '{}'))
         AND coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true)
         AND NOT EXISTS (
           SELECT FROM pg_depend AS d
             LEFT JOIN pg_operator AS r ON d.refclassid = 'pg_catalog.pg_operator'::regclass AND r.oid = d.refobjid
             JOIN pg_proc AS f
               ON f.oid = CASE WHEN d.refclassid = 'pg_catalog.pg_proc'::regclass THEN d.refobjid ELSE r.oprcode END
            WHERE d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = o.oid AND f.provolatile <> 'i')
       ORDER BY o.conrelid, o.conname
      """;

  /**
   * Partitions that take a row; with very many, the expression would be longer than it is worth.
   */
  private static final String PARTITIONS =
      """
      SELECT p.oid,
             CASE WHEN count(*) <= 500 THEN
               string_agg(coalesce('coalesce(' || pg_get_partition_constraintdef(t.relid) || ', false)', 'true'), ' OR ')
                 FILTER (WHERE t.isleaf) END AS expression,
             array(SELECT DISTINCT a.attname::text
                     FROM pg_partition_tree(p.oid) AS b JOIN pg_partitioned_table AS k ON k.partrelid = b.relid
                     JOIN pg_attribute AS a ON a.attrelid = b.relid AND a.attnum = ANY (k.partattrs::int2[])) AS columns
        FROM pg_class AS p, LATERAL pg_partition_tree(p.oid) AS t
       WHERE p.relkind = 'p' AND NOT p.relispartition
       GROUP BY p.oid
      """;

  private static final String EXPRESSIONS =
      """
      SELECT a.attrelid, a.attname, a.attgenerated <> '' AS generated,
             pg_get_expr(f.adbin, f.adrelid) AS expression
        FROM pg_attrdef AS f JOIN pg_attribute AS a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
      """;

  /** A literal with its casts, which means the same wherever it stands. */
  private static final Pattern LITERAL =
      Pattern.compile("('([^']|'')*'|-?[0-9.]+|true|false)(::[^:'()]+(\\([0-9, ]+\\))?[^:'()]*)*");

  private final Handle handle;
  private final Map<Long, Map<String, Exclusion>> exclusions = new HashMap<>();
  private final Map<Long, List<Check>> checks = new HashMap<>();
  private final Map<Long, Map<String, String>> generated = new HashMap<>();
  private final Map<Long, Map<String, String>> defaults = new HashMap<>();
  private final Map<Long, Set<String>> partitionedBy = new HashMap<>();

  private PostgresConstraints(Handle handle) {
    this.handle = handle;
  }

  static PostgresConstraints read(Handle handle) {
    PostgresConstraints all = new PostgresConstraints(handle);
    all.each(EXCLUSIONS, all::element);
    all.each(CHECKS, r -> all.check(r.getLong("conrelid"), r.getString("conname"), r));
    all.each(PARTITIONS, all::partitions);
    all.each(EXPRESSIONS, all::expression);
    return all;
  }

  /** Of a table by its OID. */
  Constraints of(long table) {
    return new Constraints(
        List.copyOf(exclusions.getOrDefault(table, Map.of()).values()),
        checks.getOrDefault(table, List.of()),
        generated.getOrDefault(table, Map.of()),
        defaults.getOrDefault(table, Map.of()),
        partitionedBy.getOrDefault(table, Set.of()));
  }

  private void element(ResultSet r) throws SQLException {
    String name = r.getString("relname");
    Map<String, Exclusion> ofTable =
        exclusions.computeIfAbsent(r.getLong("indrelid"), t -> new LinkedHashMap<>());
    Exclusion begun = ofTable.get(name);
    List<Exclusion.Element> elements = new ArrayList<>();
    if (begun != null) {
      elements.addAll(begun.elements());
    }
    String plain = r.getString("plain");
    String collation = r.getString("collname");
    elements.add(
        new Exclusion.Element(
            "("
                + (plain == null ? r.getString("expression") : quote(plain))
                + (collation == null
                    ? ""
                    : " COLLATE " + quote(r.getString("collation_schema")) + "." + quote(collation))
                + ")",
            plain,
            "OPERATOR("
                + quote(r.getString("operator_schema"))
                + "."
                + r.getString("oprname")
                + ")"));
    ofTable.put(
        name,
        new Exclusion(
            name,
            r.getBoolean("is_unique"),
            elements,
            r.getString("predicate"),
            strings(r.getArray("columns")),
            r.getBoolean("deferrable"),
            r.getBoolean("nulls_equal")));
  }

  private void check(long table, String name, ResultSet r) throws SQLException {
    checks
        .computeIfAbsent(table, t -> new ArrayList<>())
        .add(new Check(name, r.getString("expression"), strings(r.getArray("columns"))));
  }

  private void partitions(ResultSet r) throws SQLException {
    long table = r.getLong("oid");
    partitionedBy.put(table, strings(r.getArray("columns")));
    if (r.getString("expression") != null) {
      check(table, "", r);
    }
  }

  private void expression(ResultSet r) throws SQLException {
    String expression = r.getString("expression");
    boolean computed = r.getBoolean("generated");
    if (computed || LITERAL.matcher(expression).matches()) {
      (computed ? generated : defaults)
          .computeIfAbsent(r.getLong("attrelid"), t -> new HashMap<>())
          .put(r.getString("attname"), expression);
    }
  }

  private static Set<String> strings(Array array) throws SQLException {
    return array == null ? Set.of() : new HashSet<>(Arrays.asList((String[]) array.getArray()));
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
