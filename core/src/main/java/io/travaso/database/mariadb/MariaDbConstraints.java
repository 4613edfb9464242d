package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.Check;
import io.travaso.table.Constraints;
import io.travaso.table.Exclusion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Reads what tables demand of their rows, from {@code information_schema}. The server takes no
 * CHECK that calls stored functions or what is not the same each time (error 1901), so all of them
 * can be told beforehand but those that ask for a column's default, and those that
 * information_schema does not show as they are.
 *
 * <p>Left to the database is that periods do not overlap ({@code WITHOUT OVERLAPS}).
 */
final class MariaDbConstraints {
  /**
   * One row a part of a unique key. A system-versioned table has the end of a row's time in each of
   * them; of the present rows that says nothing.
   */
  private static final String EXCLUSIONS =
      """
      SELECT s.TABLE_NAME, s.INDEX_NAME, s.COLUMN_NAME, s.SUB_PART
        FROM information_schema.STATISTICS AS s
        JOIN information_schema.COLUMNS AS c
          ON c.TABLE_SCHEMA = s.TABLE_SCHEMA AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME
       WHERE s.TABLE_SCHEMA = DATABASE() AND s.NON_UNIQUE = 0
         AND COALESCE(c.GENERATION_EXPRESSION, '') NOT IN ('ROW START', 'ROW END')
       ORDER BY s.TABLE_NAME, s.INDEX_NAME, s.SEQ_IN_INDEX
      """;

  private static final String CHECKS =
      """
      SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE
        FROM information_schema.CHECK_CONSTRAINTS
       WHERE CONSTRAINT_SCHEMA = DATABASE()
       ORDER BY TABLE_NAME, CONSTRAINT_NAME
      """;

  private static final String COLUMNS =
      """
      SELECT TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, GENERATION_EXPRESSION, COLUMN_TYPE,
             CHARACTER_SET_NAME, COLLATION_NAME
        FROM information_schema.COLUMNS
       WHERE TABLE_SCHEMA = DATABASE()
      """;

  /** Of a hash or by keys every row has its partition. */
  private static final String PARTITIONS =
      """
      SELECT TABLE_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, SUBPARTITION_EXPRESSION, PARTITION_DESCRIPTION
        FROM information_schema.PARTITIONS
       WHERE TABLE_SCHEMA = DATABASE() AND PARTITION_NAME IS NOT NULL
       ORDER BY TABLE_NAME, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION
      """;

  /** The server spells every literal so, whatever it was given. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "'([^'\\\\]|''|\\\\.)*'|-?[0-9.]+(e[-+]?[0-9]+)?|b'[01]*'|X'[0-9A-Fa-f]*'",
          Pattern.DOTALL);

  private static final Pattern ASKS_FOR_DEFAULT = Pattern.compile("(?i)\\bdefault\\s*\\(");

  private final Handle handle;
  private final Map<String, Set<String>> columns = new HashMap<>();
  private final Map<String, Map<String, Exclusion>> exclusions = new HashMap<>();
  private final Map<String, List<Check>> checks = new HashMap<>();
  private final Map<String, Map<String, String>> generated = new HashMap<>();
  private final Map<String, Set<String>> unreadable = new HashMap<>();
  private final Map<String, Map<String, String>> defaults = new HashMap<>();
  private final Map<String, MariaDbPartitions> partitions = new HashMap<>();

  private MariaDbConstraints(Handle handle) {
    this.handle = handle;
  }

  static MariaDbConstraints read(Handle handle) {
    MariaDbConstraints all = new MariaDbConstraints(handle);
    all.each(COLUMNS, all::column);
    all.each(EXCLUSIONS, all::element);
    all.each(CHECKS, all::check);
    all.each(PARTITIONS, all::partition);
    return all;
  }

  /** Of a table by its name. */
  Constraints of(String table) {
    List<Check> all = new ArrayList<>(checks.getOrDefault(table, List.of()));
    MariaDbPartitions parts = partitions.get(table);
    if (parts != null) {
      parts.check(named(table, parts.expression())).ifPresent(all::add);
    }
    Set<String> unknown = unreadable.getOrDefault(table, Set.of());
    all.removeIf(check -> !Collections.disjoint(check.columns(), unknown));
    List<Exclusion> exclusive =
        exclusions.getOrDefault(table, Map.of()).values().stream()
            .filter(exclusion -> Collections.disjoint(exclusion.columns(), unknown))
            .toList();
    return new Constraints(
        exclusive,
        all,
        generated.getOrDefault(table, Map.of()),
        defaults.getOrDefault(table, Map.of()),
        parts == null ? Set.of() : named(table, parts.expression()));
  }

  private void column(ResultSet r) throws SQLException {
    String table = r.getString("TABLE_NAME");
    String name = r.getString("COLUMN_NAME");
    columns.computeIfAbsent(table, t -> new HashSet<>()).add(name);
    String computed = r.getString("GENERATION_EXPRESSION");
    String given = r.getString("COLUMN_DEFAULT");
    if (computed != null) {
      if (computed.equals("ROW START") || computed.equals("ROW END") || !isReadable(computed)) {
        unreadable.computeIfAbsent(table, t -> new HashSet<>()).add(name);
      } else {
        generated
            .computeIfAbsent(table, t -> new HashMap<>())
            .put(name, typed("(" + computed + ")", r));
      }
    } else if (given != null && LITERAL.matcher(given).matches() && isReadable(given)) {
      defaults.computeIfAbsent(table, t -> new HashMap<>()).put(name, typed(given, r));
    }
  }

  /** Characters of four bytes are question marks in information_schema. */
  private static boolean isReadable(String expression) {
    return expression.indexOf('?') < 0;
  }

  private static String typed(String expression, ResultSet r) throws SQLException {
    return MariaDbCasts.cast(
        expression,
        r.getString("COLUMN_TYPE"),
        r.getString("CHARACTER_SET_NAME"),
        r.getString("COLLATION_NAME"));
  }

  private void element(ResultSet r) throws SQLException {
    String name = r.getString("INDEX_NAME");
    Map<String, Exclusion> ofTable =
        exclusions.computeIfAbsent(r.getString("TABLE_NAME"), t -> new LinkedHashMap<>());
    Exclusion begun = ofTable.get(name);
    List<Exclusion.Element> elements = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (begun != null) {
      elements.addAll(begun.elements());
      names.addAll(begun.columns());
    }
    String column = r.getString("COLUMN_NAME");
    int prefix = r.getInt("SUB_PART");
    elements.add(
        prefix == 0
            ? new Exclusion.Element(quote(column), column, "=")
            : new Exclusion.Element("LEFT(" + quote(column) + ", " + prefix + ")", null, "="));
    names.add(column);
    ofTable.put(name, new Exclusion(name, true, elements, null, names, false, false));
  }

  private void check(ResultSet r) throws SQLException {
    String table = r.getString("TABLE_NAME");
    String expression = r.getString("CHECK_CLAUSE");
    if (!ASKS_FOR_DEFAULT.matcher(expression).find() && isReadable(expression)) {
      checks
          .computeIfAbsent(table, t -> new ArrayList<>())
          .add(new Check(r.getString("CONSTRAINT_NAME"), expression, named(table, expression)));
    }
  }

  private void partition(ResultSet r) throws SQLException {
    String table = r.getString("TABLE_NAME");
    MariaDbPartitions begun = partitions.get(table);
    if (begun == null) {
      begun =
          new MariaDbPartitions(
              r.getString("PARTITION_METHOD"),
              r.getString("PARTITION_EXPRESSION"),
              r.getString("SUBPARTITION_EXPRESSION"));
      partitions.put(table, begun);
    }
    begun.add(r.getString("PARTITION_DESCRIPTION"));
  }

  /** The columns an expression names, which the server quotes; one too many does no harm. */
  private Set<String> named(String table, String expression) {
    Set<String> named = new HashSet<>();
    for (String column : columns.getOrDefault(table, Set.of())) {
      if (expression.contains(quote(column))) {
        named.add(column);
      }
    }
    return named;
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
