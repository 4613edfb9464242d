package io.travaso.database.mariadb;

import io.travaso.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a backup asks a MariaDB, since its program does not. */
public final class MariaDbDumpSql {
  private static final Set<String> BYTES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  /** One of these shows that there are routines; without any, a dump lacks them silently. */
  private static final List<String> ROUTINES =
      List.of("EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE", "SHOW CREATE ROUTINE");

  private MariaDbDumpSql() {}

  /**
   * A table with columns of type FLOAT, of which the server's text has six digits only.
   *
   * @param key the columns of its primary key, none of which is a FLOAT
   */
  public record FloatTable(String name, List<KeyColumn> key, List<String> floats) {
    public FloatTable {
      key = List.copyOf(key);
      floats = List.copyOf(floats);
    }
  }

  /** A column of a primary key, and its type's first word. */
  public record KeyColumn(String name, String type) {}

  /**
   * The rights on the database without which a dump lacks things, most of them silently: what an
   * account may not see is not there for it.
   */
  public static List<String> lackedRights(Handle handle) {
    String database = handle.createQuery("SELECT DATABASE()").mapTo(String.class).one();
    MariaDbGrants grants = MariaDbGrants.of(handle);
    List<String> lacked = new ArrayList<>();
    for (String right : List.of("SELECT", "SHOW VIEW", "TRIGGER", "EVENT")) {
      if (!grants.onDatabase(right, database)) {
        lacked.add(right);
      }
    }
    if (ROUTINES.stream().noneMatch(right -> grants.onDatabase(right, database))) {
      lacked.add("EXECUTE");
    }
    return lacked;
  }

  /** The rights on another database, of those asked for, that the account lacks. */
  public static List<String> lackedRights(Handle handle, String database, List<String> rights) {
    MariaDbGrants grants = MariaDbGrants.of(handle);
    return rights.stream().filter(right -> !grants.onDatabase(right, database)).toList();
  }

  /**
   * Begins to see all tables as they are now, as the program does: in a session that reads what is
   * committed meanwhile, the snapshot would be none.
   */
  public static void beginSnapshot(Handle handle) {
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    handle.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    handle.execute("SAVEPOINT travaso");
  }

  /**
   * Lets go of a table that was read: somebody who alters it would wait for the snapshot's end, and
   * the application for him.
   */
  public static void leaveTable(Handle handle) {
    handle.execute("ROLLBACK TO SAVEPOINT travaso");
  }

  /** What a failed question means to a user. */
  public static SyncException explain(String doing, Exception failure) {
    return MariaDbErrors.explain(doing, failure);
  }

  /** The account, as GRANT takes it. */
  public static String account(Handle handle) {
    String account = handle.createQuery("SELECT CURRENT_USER()").mapTo(String.class).one();
    int at = account.lastIndexOf('@');
    return MariaDbNames.quote(account.substring(0, at))
        + "@"
        + MariaDbNames.quote(account.substring(at + 1));
  }

  /** The tables of this tool's own ledger. */
  public static List<String> ledgerTables(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT TABLE_NAME FROM information_schema.TABLES
             WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE <> 'VIEW' AND TABLE_NAME IN (%s)
             ORDER BY TABLE_NAME
            """
                .formatted(MariaDbLedgerSql.tables()))
        .mapTo(String.class)
        .list();
  }

  /** The tables whose rows a dump would have with less digits than they have. */
  public static List<FloatTable> floatTables(Handle handle) {
    List<FloatTable> tables = new ArrayList<>();
    for (String table :
        handle
            .createQuery(
                """
                SELECT DISTINCT c.TABLE_NAME FROM information_schema.COLUMNS AS c
                  JOIN information_schema.TABLES AS t USING (TABLE_SCHEMA, TABLE_NAME)
                 WHERE TABLE_SCHEMA = DATABASE() AND c.DATA_TYPE = 'float' AND t.TABLE_TYPE <> 'VIEW'
                 ORDER BY c.TABLE_NAME
                """)
            .mapTo(String.class)
            .list()) {
      FloatTable read = floatTable(handle, table);
      if (!read.key().isEmpty()
          && read.key().stream().noneMatch(column -> column.type().equals("float"))) {
        tables.add(read);
      }
    }
    return tables;
  }

  private static FloatTable floatTable(Handle handle, String table) {
    List<KeyColumn> key =
        handle
            .createQuery(
                """
                SELECT s.COLUMN_NAME, c.DATA_TYPE FROM information_schema.STATISTICS AS s
                  JOIN information_schema.COLUMNS AS c USING (TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME)
                 WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table AND s.INDEX_NAME = 'PRIMARY'
                 ORDER BY s.SEQ_IN_INDEX
                """)
            .bind("table", table)
            .map((r, c) -> new KeyColumn(r.getString(1), r.getString(2).toLowerCase(Locale.ROOT)))
            .list();
    List<String> floats =
        handle
            .createQuery(
                """
                SELECT COLUMN_NAME FROM information_schema.COLUMNS
                 WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table AND DATA_TYPE = 'float'
                 ORDER BY ORDINAL_POSITION
                """)
            .bind("table", table)
            .mapTo(String.class)
            .list();
    return new FloatTable(table, key, floats);
  }

  /**
   * A query for the rows with a FLOAT whose text reads back as another number, in the order of the
   * key: the key's values in bulk text but for its escapes, then each FLOAT's text and, where it
   * misleads, its exact value.
   */
  public static String inexactFloats(FloatTable table) {
    List<String> selected = new ArrayList<>();
    table.key().forEach(column -> selected.add(keyText(column)));
    for (String column : table.floats()) {
      String value = MariaDbNames.quote(column);
      selected.add("CONCAT(" + value + ")");
      selected.add("IF(" + misleads(value) + ", CONCAT(" + value + " * 1e0), NULL)");
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM "
        + MariaDbNames.quote(table.name())
        + " WHERE "
        + table.floats().stream()
            .map(column -> misleads(MariaDbNames.quote(column)))
            .collect(Collectors.joining(" OR "))
        + " ORDER BY "
        + table.key().stream()
            .map(column -> MariaDbNames.quote(column.name()))
            .collect(Collectors.joining(", "));
  }

  private static String misleads(String value) {
    return "CAST(CONCAT(" + value + ") AS FLOAT) * 1e0 <> " + value + " + 0e0";
  }

  private static String keyText(KeyColumn column) {
    String value = MariaDbNames.quote(column.name());
    return BYTES.contains(column.type())
        ? "CONCAT('\\\\x', LOWER(HEX(" + value + ")))"
        : "CONCAT(" + value + ")";
  }

  /** Whether a dump of this account waits for a lock that another session has on a table. */
  public static boolean isDumpWaiting(Handle handle, Duration atLeast) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) > 0 FROM information_schema.PROCESSLIST
             WHERE DB = DATABASE() AND USER = SUBSTRING_INDEX(USER(), '@', 1) AND STATE LIKE 'Waiting for table%' AND TIME_MS >= :millis
               AND (INFO LIKE 'SELECT /*!40001 SQL_NO_CACHE */%' OR INFO LIKE 'SHOW %' OR INFO LIKE 'LOCK TABLES %')
            """)
        .bind("millis", atLeast.toMillis())
        .mapTo(Boolean.class)
        .one();
  }
}
