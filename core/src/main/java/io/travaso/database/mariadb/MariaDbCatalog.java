package io.travaso.database.mariadb;

import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Constraints;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.UniqueKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog from information_schema, in one query a kind of object: the tables of the
 * database that is connected to, and those of others that a foreign key ties to them.
 */
final class MariaDbCatalog {
  /** Without the ledger's tables, which nobody else sees. */
  static final String NOT_OURS = "TABLE_NAME NOT IN (" + MariaDbLedgerSql.tables() + ")";

  private static final Pattern NEXT_VALUE =
      Pattern.compile("nextval\\(`((?:[^`]|``)*)`\\.`((?:[^`]|``)*)`\\)", Pattern.CASE_INSENSITIVE);

  private final Handle handle;
  private final String database;
  private final MariaDbGrants grants;
  private final Map<TableId, List<Column>> columns = new HashMap<>();
  private final Map<TableId, List<String>> primaryKeys = new HashMap<>();
  private final Map<TableId, List<UniqueKey>> uniques = new HashMap<>();
  private final Map<TableId, List<ForeignKey>> foreignKeys = new HashMap<>();
  private final Set<String> jsonColumns = new HashSet<>();
  private final Map<String, Catalog.Model> models = new LinkedHashMap<>();
  private final Set<TableId> triggered = new HashSet<>();
  private List<String> schemas = List.of();

  MariaDbCatalog(Handle handle) {
    this.handle = handle;
    this.database = handle.createQuery("SELECT DATABASE()").mapTo(String.class).one();
    this.grants = MariaDbGrants.of(handle);
  }

  Catalog read() {
    readForeignKeys();
    Set<String> names = new TreeSet<>(Set.of(database));
    foreignKeys.values().stream()
        .flatMap(List::stream)
        .forEach(
            key -> {
              names.add(database(key.table()));
              names.add(database(key.target()));
            });
    schemas = List.copyOf(names);
    readJsonColumns();
    readModels();
    readColumns();
    readKeys();
    readTriggers();
    MariaDbConstraints constraints = MariaDbConstraints.read(handle);
    Map<TableId, Table> tables = new HashMap<>();
    eachSchema(
        """
        SELECT TABLE_SCHEMA, TABLE_NAME, ENGINE, TABLE_TYPE FROM information_schema.TABLES
         WHERE TABLE_SCHEMA = %s AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND %s
        """,
        r -> {
          TableId id = id(r.getString(1), r.getString(2));
          if (id.schema().equals(MariaDbNames.SCHEMA) || isTied(id)) {
            tables.put(id, table(id, r, constraints(id, constraints)));
          }
        });
    List.copyOf(tables.values()).stream()
        .flatMap(t -> t.foreignKeys().stream())
        .forEach(key -> tables.computeIfAbsent(key.target(), id -> unseen(key, tables)));
    return new Catalog(tables, List.copyOf(models.values()), MariaDbNames.SCHEMA);
  }

  /**
   * A referenced table that may not be seen, or is not there: without foreign_key_checks a key can
   * be made to one. Nothing is known of it but what references it, and nobody has a right on it.
   */
  private static Table unseen(ForeignKey key, Map<TableId, Table> tables) {
    List<Column> referenced = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      Column column =
          Objects.requireNonNull(tables.get(key.table())).requiredColumn(key.columns().get(i));
      referenced.add(column.named(key.targetColumns().get(i)));
    }
    return new Table(
        key.target(),
        referenced,
        key.targetColumns(),
        List.of(),
        List.of(),
        List.of(),
        Constraints.NONE,
        Set.of(),
        Set.of());
  }

  /** Whether a foreign key ties a table of another database to one of ours. */
  private boolean isTied(TableId id) {
    return foreignKeys.values().stream()
        .flatMap(List::stream)
        .anyMatch(key -> key.table().equals(id) || key.target().equals(id));
  }

  private static Constraints constraints(TableId id, MariaDbConstraints constraints) {
    return id.schema().equals(MariaDbNames.SCHEMA) ? constraints.of(id.name()) : Constraints.NONE;
  }

  private TableId id(String schema, String name) {
    return new TableId(schema.equals(database) ? MariaDbNames.SCHEMA : schema, name);
  }

  private String database(TableId id) {
    return id.schema().equals(MariaDbNames.SCHEMA) ? database : id.schema();
  }

  private Table table(TableId id, ResultSet r, Constraints constraints) throws SQLException {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    String engine = r.getString(3);
    if (!"InnoDB".equalsIgnoreCase(engine)) {
      traits.add(Trait.NON_TRANSACTIONAL);
    }
    if (r.getString(4).equals("SYSTEM VERSIONED")) {
      traits.add(Trait.SYSTEM_VERSIONED);
    }
    // Who may not see triggers can't know that there are none.
    if (triggered.contains(id) || !grants.onTable("TRIGGER", database(id), id.name())) {
      traits.add(Trait.TRIGGERS);
    }
    Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
    for (Privilege privilege : Privilege.values()) {
      if (grants.onTable(privilege.name(), database(id), id.name())) {
        privileges.add(privilege);
      }
    }
    return new Table(
        id,
        columns.getOrDefault(id, List.of()),
        primaryKeys.getOrDefault(id, List.of()),
        uniques.getOrDefault(id, List.of()),
        foreignKeys.getOrDefault(id, List.of()),
        List.of(),
        constraints,
        traits,
        privileges);
  }

  /** Some may be to tables that are not there: without foreign_key_checks they can be made. */
  private void readForeignKeys() {
    Map<String, ForeignKey> keys = new LinkedHashMap<>();
    each(
        """
        SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA,
               k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, c.DELETE_RULE, c.UPDATE_RULE
          FROM information_schema.KEY_COLUMN_USAGE AS k
          LEFT JOIN information_schema.REFERENTIAL_CONSTRAINTS AS c
            ON c.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND c.TABLE_NAME = k.TABLE_NAME AND c.CONSTRAINT_NAME = k.CONSTRAINT_NAME
         WHERE k.REFERENCED_TABLE_NAME IS NOT NULL
           AND (k.TABLE_SCHEMA = DATABASE() OR k.REFERENCED_TABLE_SCHEMA = DATABASE())
         ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION
        """,
        r -> {
          TableId table = id(r.getString(1), r.getString(2));
          ForeignKey part =
              new ForeignKey(
                  r.getString(3),
                  table,
                  List.of(r.getString(4)),
                  id(r.getString(5), r.getString(6)),
                  List.of(r.getString(7)),
                  acts(r.getString(8)) || acts(r.getString(9)));
          keys.merge(table + " " + part.name(), part, MariaDbCatalog::together);
        });
    keys.values()
        .forEach(key -> foreignKeys.computeIfAbsent(key.table(), t -> new ArrayList<>()).add(key));
  }

  private static ForeignKey together(ForeignKey key, ForeignKey part) {
    List<String> names = new ArrayList<>(key.columns());
    names.addAll(part.columns());
    List<String> targets = new ArrayList<>(key.targetColumns());
    targets.addAll(part.targetColumns());
    return new ForeignKey(key.name(), key.table(), names, key.target(), targets, key.acts());
  }

  /** Who may only read a table is not told its rules: they may be any. */
  private static boolean acts(@Nullable String rule) {
    return rule == null || Set.of("CASCADE", "SET NULL", "SET DEFAULT").contains(rule);
  }

  /** JSON is a name for a longtext that is checked to be JSON. */
  private void readJsonColumns() {
    eachSchema(
        """
        SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.COLUMN_NAME
          FROM information_schema.COLUMNS AS c
          JOIN information_schema.CHECK_CONSTRAINTS AS k
            ON k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME
           AND k.CHECK_CLAUSE = CONCAT('json_valid(`', REPLACE(c.COLUMN_NAME, '`', '``'), '`)')
         WHERE c.TABLE_SCHEMA = %s AND c.DATA_TYPE = 'longtext'
        """,
        r -> jsonColumns.add(id(r.getString(1), r.getString(2)) + "." + r.getString(3)));
  }

  /** All but the time from and to which a row of a versioned table is valid. */
  private void readColumns() {
    eachSchema(
        """
        SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA,
               IS_GENERATED, COLLATION_NAME, CHARACTER_SET_NAME, CHARACTER_OCTET_LENGTH
          FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %s AND %s
           AND COALESCE(GENERATION_EXPRESSION, '') NOT IN ('ROW START', 'ROW END')
         ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
        """,
        r -> {
          TableId table = id(r.getString(1), r.getString(2));
          columns.computeIfAbsent(table, t -> new ArrayList<>()).add(column(table, r));
        });
  }

  private Column column(TableId table, ResultSet r) throws SQLException {
    String name = r.getString(3);
    boolean json = jsonColumns.contains(table + "." + name);
    String dataType = r.getString(4);
    String type = json ? "json" : r.getString(5);
    String collation = Objects.requireNonNullElse(r.getString(10), "");
    boolean increments = r.getString(8).contains("auto_increment");
    String otherwise = r.getString(7);
    return new Column(
        name,
        type,
        MariaDbTypes.kind(dataType, type),
        MariaDbTypes.isExact(dataType, collation),
        "=",
        !collation.isEmpty(),
        r.getString(6).equals("YES"),
        false,
        r.getString(9).equals("ALWAYS"),
        increments || (otherwise != null && !otherwise.equals("NULL")),
        increments ? table : sequence(otherwise),
        MariaDbContents.of(
            dataType,
            type,
            r.getString(11),
            r.getString(12) == null ? null : r.getLong(12),
            models.containsKey(table.name())));
  }

  private @Nullable TableId sequence(@Nullable String otherwise) {
    Matcher next = NEXT_VALUE.matcher(otherwise == null ? "" : otherwise);
    return next.matches()
        ? id(next.group(1).replace("``", "`"), next.group(2).replace("``", "`"))
        : null;
  }

  /**
   * Keys over whole columns; one over the beginnings of texts is no key of theirs. To those of a
   * versioned table the server adds the end of a row's time, where that column has a name.
   */
  private void readKeys() {
    Map<TableId, Map<String, List<String>>> keys = new HashMap<>();
    Set<String> partial = new HashSet<>();
    eachSchema(
        """
        SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS
         WHERE TABLE_SCHEMA = %s AND NON_UNIQUE = 0 AND %s
           AND (TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME) NOT IN
               (SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE GENERATION_EXPRESSION = 'ROW END')
         ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
        """,
        r -> {
          TableId table = id(r.getString(1), r.getString(2));
          String name = r.getString(3);
          keys.computeIfAbsent(table, t -> new LinkedHashMap<>())
              .computeIfAbsent(name, n -> new ArrayList<>())
              .add(r.getString(4));
          if (r.getString(5) != null) {
            partial.add(table + " " + name);
          }
        });
    keys.forEach(
        (table, named) ->
            named.forEach(
                (name, parts) -> {
                  if (name.equals("PRIMARY")) {
                    primaryKeys.put(table, parts);
                  } else if (!partial.contains(table + " " + name)) {
                    uniques
                        .computeIfAbsent(table, t -> new ArrayList<>())
                        .add(new UniqueKey(name, parts));
                  }
                }));
  }

  private void readTriggers() {
    eachSchema(
        "SELECT DISTINCT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS"
            + " WHERE EVENT_OBJECT_SCHEMA = %s",
        r -> triggered.add(id(r.getString(1), r.getString(2))));
  }

  /** Django's models, by their tables; it keeps times in UTC. */
  private void readModels() {
    boolean django =
        handle
            .createQuery(
                """
                SELECT COUNT(*) = 2 FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
                   AND TABLE_NAME = 'django_content_type' AND COLUMN_NAME IN ('app_label', 'model')
                """)
            .mapTo(Boolean.class)
            .one();
    if (django && grants.onTable("SELECT", database, "django_content_type")) {
      each(
          "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
          r ->
              models.put(
                  r.getString(1) + "_" + r.getString(2),
                  new Catalog.Model(r.getString(1), r.getString(2))));
    }
  }

  /** Takes one row of a query. */
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** One schema at a time: of all at once, the server would open the tables of every database. */
  private void eachSchema(String sql, RowReader reader) {
    schemas.forEach(name -> each(sql.formatted(MariaDbNames.literal(name), NOT_OURS), reader));
  }

  /** A view that is broken makes the server warn; that is no matter of ours. */
  private void each(String sql, RowReader reader) {
    handle
        .createQuery("SET STATEMENT max_error_count = 0 FOR " + sql)
        .map(
            (r, c) -> {
              reader.read(r);
              return true;
            })
        .list();
  }
}
