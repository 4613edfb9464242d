package io.travaso.site;

import io.travaso.Finding;
import io.travaso.database.Database;
import io.travaso.database.LargeObjects;
import io.travaso.database.StructureSql;
import io.travaso.table.Catalog;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Looks at what stands beside the rows of a set, and would not go with them. */
final class LocalCheckStructure {
  private final String environment;
  private final Database database;
  private final TableSet set;
  private final Set<TableId> nameless;

  /**
   * @param nameless the tables whose rows no message may name
   */
  LocalCheckStructure(String environment, Database database, TableSet set, Set<TableId> nameless) {
    this.environment = environment;
    this.database = database;
    this.set = set;
    this.nameless = nameless;
  }

  List<Finding> findings() {
    return database.with(
        "Looking at the tables of " + database.name(),
        session -> {
          List<Finding> findings = new ArrayList<>(heirs(session));
          largeObjects(session).forEach(findings::add);
          return findings;
        });
  }

  /**
   * Tables that no ROLLBACK restores. What is read of them may be of different moments; what is
   * written to them stays, whatever becomes of the merge.
   */
  List<Finding> nonTransactional(Requests.Check request) {
    List<Finding> findings = new ArrayList<>();
    for (TableId table : ids(Trait.NON_TRANSACTIONAL)) {
      String what = environment + ": " + table + " is no InnoDB table";
      String remedy = "ALTER TABLE %s ENGINE = InnoDB".formatted(database.dialect().quote(table));
      if (request.role() == Requests.Role.SOURCE) {
        findings.add(
            Finding.warning(
                what + ": its rows are not of the same moment as the other tables'",
                remedy + "; until then, sync while nobody writes."));
      } else if (request.role() == Requests.Role.TARGET && !request.acceptNonTransactional()) {
        findings.add(
            Finding.refusal(
                what + ": if the merge fails, what it wrote to it stays",
                remedy + ". Or take the risk: --accept-non-transactional."));
      } else {
        findings.add(
            Finding.warning(
                what
                    + ": if a merge fails, what it wrote to it stays; and while it runs, others"
                    + " may write to it unseen",
                remedy + "."));
      }
    }
    return findings;
  }

  /** The same of tables that triggers of the set's name, and so perhaps write to. */
  List<Finding> writtenByTriggers(Requests.Check request, Catalog catalog) {
    List<TableId> triggering = ids(Trait.TRIGGERS);
    List<TableId> others =
        catalog.all().stream()
            .filter(t -> t.has(Trait.NON_TRANSACTIONAL) && !set.contains(t.id()))
            .map(Table::id)
            .toList();
    if (request.role() == Requests.Role.SOURCE || triggering.isEmpty() || others.isEmpty()) {
      return List.of();
    }
    boolean refused = request.role() == Requests.Role.TARGET && !request.acceptNonTransactional();
    return database.with(
        "Looking at the triggers of " + database.name(),
        session ->
            session
                .createQuery(sql().triggersNaming(triggering, others))
                .map(
                    (r, c) ->
                        "%s: a trigger of %s names %s, which is no InnoDB table: what it writes there stays, also if the merge fails"
                            .formatted(
                                environment,
                                new TableId(r.getString(1), r.getString(2)),
                                r.getString(3)))
                .map(
                    what ->
                        refused
                            ? Finding.refusal(
                                what,
                                "Make it one: ALTER TABLE … ENGINE = InnoDB. Or take the risk:"
                                    + " --accept-non-transactional.")
                            : Finding.warning(what, "ALTER TABLE … ENGINE = InnoDB"))
                .list());
  }

  /** Rows of heirs show where their ancestor is read, and are no rows of the ancestor's. */
  private List<Finding> heirs(Handle session) {
    List<TableId> ancestors = ids(Trait.INHERITANCE);
    if (ancestors.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> left = new TreeMap<>();
    session
        .createQuery(sql().heirs(ancestors))
        .map(
            (r, c) ->
                List.of(
                    new TableId(r.getString(1), r.getString(2)),
                    new TableId(r.getString(3), r.getString(4))))
        .forEach(
            pair -> {
              if (!set.contains(pair.get(1))) {
                left.computeIfAbsent(pair.get(0).toString(), a -> new ArrayList<>())
                    .add(pair.get(1).toString());
              }
            });
    return left.entrySet().stream()
        .map(
            entry ->
                Finding.warning(
                    "%s: tables that inherit from %s are not in the set, so their rows are not moved: %s"
                        .formatted(
                            environment, entry.getKey(), String.join(", ", entry.getValue())),
                    "Add them to tables if they belong to it."))
        .toList();
  }

  private List<Finding> largeObjects(Handle session) {
    List<SyncTable> readable =
        set.tables().stream()
            .filter(t -> t.table().privileges().contains(Privilege.SELECT))
            .toList();
    return LargeObjects.held(session, sql(), readable, nameless).stream()
        .map(held -> Finding.refusal(environment + ": " + held, LargeObjects.HINT))
        .toList();
  }

  List<GeneratedColumn> generated() {
    List<TableId> tables =
        set.tables().stream()
            .filter(t -> t.table().columns().stream().anyMatch(c -> c.generated()))
            .map(SyncTable::id)
            .toList();
    return tables.isEmpty()
        ? List.of()
        : database.with(
            "Looking at the tables of " + database.name(),
            session ->
                session
                    .createQuery(sql().generatedColumns(tables))
                    .map(
                        (r, c) ->
                            new GeneratedColumn(
                                new TableId(r.getString(1), r.getString(2)).toString(),
                                r.getString(3),
                                r.getString(4)))
                    .list());
  }

  private List<TableId> ids(Trait trait) {
    return set.tables().stream().filter(t -> t.table().has(trait)).map(SyncTable::id).toList();
  }

  private StructureSql sql() {
    return database.dialect().structure();
  }
}
