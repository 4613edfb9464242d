package io.travaso.database;

import io.travaso.table.Catalog;
import io.travaso.table.MigrationHistory;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Reads which migrations were applied, from the tables where Django, Flyway, Liquibase, Alembic and
 * Rails (and others like it) keep them.
 *
 * <p>Of Django's only those of applications with a table in the set count: another application's
 * migration says nothing of these tables, and must keep nobody from syncing them. A table that is
 * called neither as a model nor as Django would name it belongs to no application that we know;
 * what differs in its columns is found all the same. The other tools don't say what a migration is
 * about, so all of theirs count.
 */
public final class Migrations {
  private static final String DJANGO = "django_migrations";

  /**
   * A tool's table.
   *
   * @param columns what it must have to be that tool's
   * @param names a query for the names of what is applied; %s is the table
   */
  private record Tool(String table, List<String> columns, String names) {}

  private static final List<Tool> TOOLS =
      List.of(
          new Tool(DJANGO, List.of("app", "name"), "SELECT CONCAT(app, '.', name) FROM %s"),
          // A version that was repaired away or undone has a later row that says so. The creation
          // of the schema stands there as well, and is no migration.
          new Tool(
              "flyway_schema_history",
              List.of("installed_rank", "version", "type", "script", "success"),
              """
              SELECT m.script FROM %1$s AS m
               WHERE m.success AND m.type NOT IN ('SCHEMA', 'DELETE') AND m.type NOT LIKE 'UNDO%%'
                 AND NOT EXISTS (
                   SELECT 1 FROM %1$s AS later
                    WHERE later.version = m.version AND later.installed_rank > m.installed_rank
                      AND later.success AND (later.type = 'DELETE' OR later.type LIKE 'UNDO%%'))
              """),
          new Tool(
              "databasechangelog",
              List.of("id", "author", "filename"),
              "SELECT CONCAT(filename, '::', id, '::', author) FROM %s"),
          new Tool("alembic_version", List.of("version_num"), "SELECT version_num FROM %s"),
          new Tool("schema_migrations", List.of("version"), "SELECT version FROM %s"));

  private final Handle handle;
  private final Dialect dialect;
  private final Catalog catalog;
  private final TableSet set;

  public Migrations(Handle handle, Dialect dialect, Catalog catalog, TableSet set) {
    this.handle = handle;
    this.dialect = dialect;
    this.catalog = catalog;
    this.set = set;
  }

  /** One history a table. */
  public List<MigrationHistory> read() {
    List<MigrationHistory> histories = new ArrayList<>();
    for (Tool tool : TOOLS) {
      for (Table table : near(tables(tool))) {
        histories.add(new MigrationHistory(table.id().toString(), applied(tool, table.id())));
      }
    }
    return histories;
  }

  /** Whether a table is where a tool that is known keeps its list. */
  public static boolean isHistory(Table table) {
    return TOOLS.stream().anyMatch(tool -> isOf(tool, table));
  }

  private static boolean isOf(Tool tool, Table table) {
    return table.id().name().equals(tool.table())
        && tool.columns().stream().allMatch(c -> table.column(c).isPresent());
  }

  private List<Table> tables(Tool tool) {
    return catalog.all().stream()
        .filter(t -> isOf(tool, t))
        .filter(t -> t.privileges().contains(Privilege.SELECT) && !t.has(Trait.ROW_SECURITY))
        .toList();
  }

  /** Those beside the set's tables, where there are any: each schema may have its own. */
  private List<Table> near(List<Table> histories) {
    Set<String> schemas =
        set.tables().stream().map(t -> t.id().schema()).collect(Collectors.toSet());
    List<Table> near = histories.stream().filter(t -> schemas.contains(t.id().schema())).toList();
    return near.isEmpty() ? histories : near;
  }

  private List<String> applied(Tool tool, TableId table) {
    return handle
        .createQuery(tool.names().formatted(dialect.quote(table)))
        .mapTo(String.class)
        .stream()
        .filter(name -> !tool.table().equals(DJANGO) || concerns(name))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  private boolean concerns(String migration) {
    String app = migration.substring(0, migration.indexOf('.')).toLowerCase(Locale.ROOT);
    return set.tables().stream().anyMatch(table -> belongs(table, app));
  }

  private static boolean belongs(SyncTable table, String app) {
    boolean namedAsModel = !table.model().equals(table.id().toString());
    return namedAsModel
        ? table.model().startsWith(app + ".")
        : table.id().name().startsWith(app + "_");
  }
}
