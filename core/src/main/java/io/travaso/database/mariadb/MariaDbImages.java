package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.equal;
import static io.travaso.database.mariadb.MariaDbRows.keyText;
import static io.travaso.database.mariadb.MariaDbRows.stagedKeyText;
import static io.travaso.database.mariadb.MariaDbRows.stagedMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValues;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows as queries whose columns are named as the table's own, so that the expressions of its
 * constraints can be evaluated over them: as they are, and as they will be.
 *
 * <p>Beside these columns a row has its {@link #KEY} for people, its {@link #KIND} in the diff, and
 * the values it is matched by, {@link #match}.
 */
final class MariaDbImages {
  /** No table has columns of these names; if one did, the database would refuse the query. */
  static final String KEY = quote("travaso key");

  static final String KIND = quote("travaso kind");

  /**
   * What stands before a question about rows as they will be. That an expression of a constraint
   * makes the server warn is no news of the data: {@code json_valid} does where it says no.
   */
  static final String ASKED = "SET STATEMENT max_error_count = 0 FOR ";

  private final Work work;
  private final SyncTable table;
  private final String target;
  private final List<Column> updated;

  MariaDbImages(Work work) {
    this.work = work;
    this.table = work.table();
    this.target = quote(table.id()) + " AS t";
    this.updated = MariaDbDiffSql.updated(table);
  }

  /** The name of the n-th value a row is matched by. */
  static String match(int n) {
    return quote("travaso k" + n);
  }

  /** All rows of the target, as they are. */
  String present() {
    return present("");
  }

  /** The target's rows that stay as they are. */
  String kept() {
    return present(
        " LEFT JOIN "
            + diff()
            + " ON d.kind IN ('u', 'd') AND "
            + diffMatchesTarget(table)
            + " WHERE d.kind IS NULL");
  }

  /** The rows to be updated, as they are. */
  String updating() {
    return present(" JOIN " + diff() + " ON d.kind = 'u' AND " + diffMatchesTarget(table));
  }

  /** Columns are named one by one: {@code *} has none that are invisible. */
  private String present(String more) {
    return "SELECT "
        + matches(MariaDbRows::targetValue)
        + keyText(targetValues(table.match()))
        + " AS "
        + KEY
        + ", "
        + named(table.table().columns(), MariaDbRows::targetValue)
        + " FROM "
        + target
        + more;
  }

  /** The rows to be written, as they will be. */
  String written(String... kinds) {
    List<Column> columns = table.table().columns().stream().filter(c -> !c.generated()).toList();
    String from = " FROM " + MariaDbRows.staged(work.staging()) + " JOIN " + diff() + " ON ";
    from += diffMatchesStaged(table);
    if (!columns.stream().allMatch(this::isSet)) {
      from += " LEFT JOIN " + target + " ON " + stagedMatchesTarget(table);
    }
    return withGenerated(
        "SELECT "
            + matches(c -> stagedValue(table, c))
            + stagedKeyText(table)
            + " AS "
            + KEY
            + ", d.kind AS "
            + KIND
            + ", "
            + named(columns, this::becomes)
            + from
            + " WHERE d.kind IN ("
            + Stream.of(kinds).map(MariaDbNames::literal).collect(Collectors.joining(", "))
            + ")");
  }

  /**
   * All staged rows, also those that are not to be written, by these columns; none where these do
   * not all come from the staged row itself.
   */
  Optional<String> staged(Set<String> names) {
    List<Column> columns = names.stream().map(table.table()::requiredColumn).toList();
    if (!columns.stream().allMatch(this::isSet)) {
      return Optional.empty();
    }
    return Optional.of(
        "SELECT "
            + matches(c -> stagedValue(table, c))
            + "'' AS "
            + KEY
            + ", "
            + named(columns, c -> stagedValue(table, c))
            + " FROM "
            + MariaDbRows.staged(work.staging()));
  }

  /** Whether a row's column is filled with its staged value, whether it is created or updated. */
  private boolean isSet(Column column) {
    return updated.contains(column)
        || column.equals(table.ownId())
        || (table.match().contains(column) && table.written().contains(column));
  }

  private String becomes(Column column) {
    if (isSet(column)) {
      return stagedValue(table, column);
    }
    String created =
        table.written().contains(column)
            ? stagedValue(table, column)
            : table.table().constraints().defaults().getOrDefault(column.name(), "NULL");
    return "CASE WHEN d.kind = 'u' THEN %s ELSE %s END".formatted(targetValue(column), created);
  }

  /**
   * Rows of the target with some columns filled otherwise.
   *
   * @param otherwise the value of a column, given the one it has
   * @param from what follows the target in FROM
   * @param match the n-th value a row is matched by
   */
  String changed(Map<Column, String> otherwise, String from, Function<Integer, String> match) {
    List<Column> columns = table.table().columns().stream().filter(c -> !c.generated()).toList();
    return withGenerated(
        "SELECT "
            + IntStream.range(0, table.match().size())
                .mapToObj(n -> match.apply(n) + " AS " + match(n) + ", ")
                .collect(Collectors.joining())
            + "'' AS "
            + KEY
            + ", "
            + named(columns, c -> otherwise.getOrDefault(c, targetValue(c)))
            + " FROM "
            + target
            + from);
  }

  /**
   * What the database computes, computed from the other columns; one that is computed from another
   * generated column a step later.
   */
  private String withGenerated(String rows) {
    String made = rows;
    Map<String, String> step = new LinkedHashMap<>();
    for (Column column : table.table().columns()) {
      String value = table.table().constraints().generated().get(column.name());
      if (value == null) {
        continue;
      }
      if (step.keySet().stream().anyMatch(earlier -> value.contains(quote(earlier)))) {
        made = withComputed(made, step);
        step.clear();
      }
      step.put(column.name(), value);
    }
    return step.isEmpty() ? made : withComputed(made, step);
  }

  private static String withComputed(String rows, Map<String, String> computed) {
    return "SELECT r.*"
        + computed.entrySet().stream()
            .map(e -> ", " + e.getValue() + " AS " + quote(e.getKey()))
            .collect(Collectors.joining())
        + " FROM ("
        + rows
        + ") AS r";
  }

  /** Whether two rows are not the same one. */
  String differ(String left, String right) {
    return "NOT ("
        + IntStream.range(0, table.match().size())
            .mapToObj(
                n -> equal(table.match().get(n), left + "." + match(n), right + "." + match(n)))
            .collect(Collectors.joining(" AND "))
        + ")";
  }

  /** Whether these columns of a row to be created are known before it is. */
  boolean isKnownWhenCreated(Set<String> columns) {
    boolean computed =
        columns.stream().anyMatch(name -> table.table().requiredColumn(name).generated());
    return table.table().columns().stream()
        .filter(c -> computed || columns.contains(c.name()))
        .allMatch(this::isKnownWhenCreated);
  }

  private boolean isKnownWhenCreated(Column column) {
    return column.generated()
        || table.inserted().contains(column)
        || !column.hasDefault()
        || table.table().constraints().defaults().containsKey(column.name());
  }

  private String diff() {
    return MariaDbRows.diff(work.diff());
  }

  private String matches(Function<Column, String> value) {
    return IntStream.range(0, table.match().size())
        .mapToObj(n -> value.apply(table.match().get(n)) + " AS " + match(n) + ", ")
        .collect(Collectors.joining());
  }

  private static String named(List<Column> columns, Function<Column, String> value) {
    return columns.stream()
        .map(c -> value.apply(c) + " AS " + quote(c.name()))
        .collect(Collectors.joining(", "));
  }
}
