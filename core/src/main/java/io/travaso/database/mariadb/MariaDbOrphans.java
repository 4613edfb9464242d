package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.isNotNull;
import static io.travaso.database.mariadb.MariaDbRows.isNull;
import static io.travaso.database.mariadb.MariaDbRows.keyText;

import io.travaso.SyncException;
import io.travaso.database.MergeSql.Work;
import io.travaso.database.MergeSql.Writes;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Rows left without the row they reference, where tables were written without foreign_key_checks:
 * the checks that the database then leaves out, for every foreign key from and to what was written.
 * They are locking reads. What others have committed meanwhile is seen, and what is referenced
 * stays until the merge is committed.
 */
final class MariaDbOrphans {
  private static final int LISTED = 100;

  private final Handle session;
  private final Catalog catalog;
  private final List<Writes> writes;
  private final Map<String, ForeignKey> left = new LinkedHashMap<>();
  private final Map<ForeignKey, Long> elsewhere = new LinkedHashMap<>();

  MariaDbOrphans(Handle session, Catalog catalog, List<Writes> writes) {
    this.session = session;
    this.catalog = catalog;
    this.writes = writes;
  }

  /** Whether a foreign key may be broken while rows are written one after the other. */
  boolean mayBe() {
    return writes.size() > 1
        || writes.stream().anyMatch(w -> w.deletes() || referencesItself(w) || movesKeys(w));
  }

  private static boolean referencesItself(Writes one) {
    Table table = one.work().table().table();
    return table.foreignKeys().stream().anyMatch(key -> key.target().equals(table.id()));
  }

  private boolean movesKeys(Writes one) {
    return catalog.referencing(one.work().table().id()).stream().anyMatch(key -> moves(one, key));
  }

  private static boolean moves(Writes one, ForeignKey key) {
    return one.updates()
        && MariaDbDiffSql.updated(one.work().table()).stream()
            .anyMatch(c -> key.targetColumns().contains(c.name()));
  }

  /** Before anything is written: remembers the values that will perhaps be referenced no more. */
  void remember() {
    for (Writes one : writes) {
      for (ForeignKey key : catalog.referencing(one.work().table().id())) {
        if (one.deletes() || moves(one, key)) {
          String gone = "travaso_gone_" + left.size();
          session.execute(remember(one.work(), key, gone));
          left.put(gone, key);
        }
      }
    }
    if (firesTriggers()) {
      for (Table table : catalog.all()) {
        table.foreignKeys().stream()
            .filter(this::isVisible)
            .forEach(key -> elsewhere.put(key, count(key)));
      }
    }
  }

  /** What triggers write to other tables is not checked either. */
  private boolean firesTriggers() {
    return writes.stream().anyMatch(w -> w.work().table().table().has(Trait.TRIGGERS));
  }

  private boolean isVisible(ForeignKey key) {
    return catalog.get(key.table()).privileges().contains(Privilege.SELECT)
        && catalog.get(key.target()).privileges().contains(Privilege.SELECT);
  }

  private static String value(Column column) {
    String value = MariaDbRows.targetValue(column);
    return column.textual() ? "COALESCE(" + value + ")" : value;
  }

  private static String remember(Work work, ForeignKey key, String gone) {
    SyncTable table = work.table();
    List<Column> columns = key.targetColumns().stream().map(table.table()::requiredColumn).toList();
    List<String> names = IntStream.range(0, columns.size()).mapToObj(i -> "g" + i).toList();
    List<String> definitions = new ArrayList<>();
    // Since 11.4 a column itself would bring its CHECK along, with the name it has there.
    IntStream.range(0, columns.size())
        .filter(i -> !columns.get(i).textual())
        .forEach(i -> definitions.add("g" + i + " " + columns.get(i).type() + " NULL"));
    String index = MariaDbStaged.index(columns, names);
    if (!index.isEmpty()) {
      definitions.add(index);
    }
    return MariaDbStaged.create(gone, definitions)
        + " AS SELECT "
        + IntStream.range(0, columns.size())
            .mapToObj(i -> value(columns.get(i)) + " AS g" + i)
            .collect(Collectors.joining(", "))
        + " FROM "
        + diff(work.diff())
        + " STRAIGHT_JOIN "
        + quote(table.id())
        + " AS t ON "
        + diffMatchesTarget(table)
        + " WHERE d.kind IN ('u', 'd')";
  }

  /**
   * After all is written.
   *
   * @throws SyncException if any row references none
   */
  void refuse() {
    List<String> orphans = new ArrayList<>();
    for (Writes one : writes) {
      if (one.updates() || one.inserts()) {
        one.work()
            .table()
            .table()
            .foreignKeys()
            .forEach(key -> find(key, written(one, key), orphans));
      }
    }
    left.forEach((gone, key) -> find(key, left(gone, key), orphans));
    elsewhere.forEach(
        (key, before) -> {
          if (count(key) > before) {
            orphans.add("%s: a trigger wrote rows that reference none".formatted(key));
          }
        });
    if (!orphans.isEmpty()) {
      throw SyncException.refused(
          "Rows would be left that reference rows which are not there; nothing was written",
          "Run the command again; if it says the same, rows of the target reference what the merge"
              + " deletes: add their tables to the set.",
          orphans.stream().distinct().toList());
    }
    left.keySet().forEach(gone -> session.execute("DROP TEMPORARY TABLE " + quote(gone)));
  }

  private void find(ForeignKey key, String query, List<String> orphans) {
    session
        .createQuery(query)
        .mapTo(String.class)
        .forEach(
            row ->
                orphans.add(
                    "%s %s: the row of %s it references by %s is not there"
                        .formatted(
                            key.table(), row, key.target(), String.join(", ", key.columns()))));
  }

  /** The rows written that reference none. */
  private String written(Writes one, ForeignKey key) {
    SyncTable table = one.work().table();
    return "SELECT "
        + keyText(MariaDbReachSql.key(table.table(), key, "t"))
        + " FROM "
        + diff(one.work().diff())
        + " STRAIGHT_JOIN "
        + quote(table.id())
        + " AS t ON "
        + diffMatchesTarget(table)
        + withoutParent(key, "t")
        + " AND d.kind IN ('c', 'u') LIMIT "
        + LISTED
        + " LOCK IN SHARE MODE";
  }

  /** The rows that reference what is gone. */
  private String left(String gone, ForeignKey key) {
    Table child = catalog.get(key.table());
    return "SELECT "
        + keyText(MariaDbReachSql.key(child, key, "c"))
        + " FROM "
        + quote(gone)
        + " AS g STRAIGHT_JOIN "
        + quote(child.id())
        + " AS c ON "
        + pairs(key, i -> "c." + quote(key.columns().get(i)), i -> "g.g" + i)
        + withoutParent(key, "c")
        + " LIMIT "
        + LISTED
        + " LOCK IN SHARE MODE";
  }

  private long count(ForeignKey key) {
    return session
        .createQuery(
            "SELECT COUNT(*) FROM " + quote(key.table()) + " AS c" + withoutParent(key, "c"))
        .mapTo(Long.class)
        .one();
  }

  /** Joins the referenced row and asks for those that have none. */
  private static String withoutParent(ForeignKey key, String child) {
    return " LEFT JOIN "
        + quote(key.target())
        + " AS p ON "
        + pairs(
            key,
            i -> "p." + quote(key.targetColumns().get(i)),
            i -> child + "." + quote(key.columns().get(i)))
        + " WHERE "
        + isNull("p." + quote(key.targetColumns().get(0)))
        + key.columns().stream()
            .map(c -> " AND " + isNotNull(child + "." + quote(c)))
            .collect(Collectors.joining());
  }

  private static String pairs(ForeignKey key, IntFunction<String> left, IntFunction<String> right) {
    return IntStream.range(0, key.columns().size())
        .mapToObj(i -> left.apply(i) + " = " + right.apply(i))
        .collect(Collectors.joining(" AND "));
  }
}
