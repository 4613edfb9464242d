package io.travaso.database.mariadb;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql;
import io.travaso.database.BeforeSql;
import io.travaso.database.Bulk;
import io.travaso.database.CloneSql;
import io.travaso.database.ClusterSql;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Dialect;
import io.travaso.database.DigestSql;
import io.travaso.database.ExaminationSql;
import io.travaso.database.KeySql;
import io.travaso.database.LedgerSql;
import io.travaso.database.MergeSql;
import io.travaso.database.Migrations;
import io.travaso.database.ReadingSql;
import io.travaso.database.ServerFacts;
import io.travaso.database.StructureSql;
import io.travaso.table.Catalog;
import io.travaso.table.MigrationHistory;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** MariaDB. */
public final class MariaDbDialect implements Dialect {
  /** Strict, and no number becomes another; dates with zeros that exist pass, 30 February not. */
  private static final String SQL_MODE =
      "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

  @Override
  public String engine() {
    return "mariadb";
  }

  @Override
  public String oldest() {
    return "10.6";
  }

  @Override
  public int oldestMajor() {
    return 1006;
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    return new MariaDbSource(settings);
  }

  @Override
  public String sessionSql() {
    return """
    SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', sql_mode = '%s',
    SESSION foreign_key_checks = 1, unique_checks = 1, check_constraint_checks = 1,
    sql_auto_is_null = 0, sql_big_selects = 1, sql_safe_updates = 0, sql_select_limit = DEFAULT, sql_notes = 1, old_mode = '',
    group_concat_max_len = 1073741824, max_statement_time = 0, max_error_count = 1000, lc_time_names = 'en_US',
    lock_wait_timeout = 30, innodb_lock_wait_timeout = 30, wait_timeout = 28800, net_read_timeout = 3600,
    net_write_timeout = 3600, idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0\
    """
        .formatted(SQL_MODE);
  }

  @Override
  public String mergeSessionSql() {
    // The merge's transaction sets its isolation itself: what a session reads into a temporary
    // table with REPEATABLE READ it locks, and a plan must be in nobody's way.
    // Subqueries that were put into tables of their own took twenty times as long.
    // A client that is gone unnoticed, and idle between two statements of the merge, is not waited
    // for: the application is.
    return """
    SET SESSION idle_write_transaction_timeout = 20, lock_wait_timeout = 3, innodb_lock_wait_timeout = 3,
    optimizer_switch = 'materialization=off'\
    """;
  }

  @Override
  public void checkStatement(Statement statement) throws SQLException {
    MariaDbWarnings.refuse(statement);
  }

  @Override
  public ServerFacts serverFacts(Handle handle) {
    // Another server may have the same name and folder, as containers do: its uid differs.
    String uid = hasVariable(handle, "server_uid") ? "@@server_uid" : "''";
    return handle
        .createQuery(
            """
            SELECT VERSION() AS version, CONCAT_WS('/', %s, @@hostname, @@port, @@datadir, DATABASE()) AS identity,
                   DATABASE() AS name, CURRENT_USER() AS account,
                   (SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.TABLES
                     WHERE TABLE_SCHEMA = DATABASE()) AS bytes,
                   UNIX_TIMESTAMP(SYSDATE(6)) AS now, @@read_only AS standby
            """
                .formatted(uid))
        .map(
            (row, context) ->
                new ServerFacts(
                    engine(),
                    version(row.getString("version")),
                    major(row.getString("version")),
                    row.getString("identity"),
                    row.getString("name"),
                    row.getString("account"),
                    row.getLong("bytes"),
                    Instant.ofEpochMilli((long) (row.getDouble("now") * 1000)),
                    row.getBoolean("standby"),
                    MariaDbGrants.of(handle).onDatabase("CREATE", row.getString("name"))))
        .one();
  }

  /** MySQL speaks the same protocol, and means other things by the same words. */
  private static String version(String version) {
    if (!version.contains("MariaDB")) {
      throw SyncException.configuration(
          "The server is a MySQL " + version + ", not a MariaDB", "Only MariaDB is supported.");
    }
    return version.replaceFirst("-.*", "");
  }

  private static boolean hasVariable(Handle handle, String name) {
    return handle
        .createQuery(
            "SELECT COUNT(*) > 0 FROM information_schema.SYSTEM_VARIABLES WHERE VARIABLE_NAME = "
                + MariaDbNames.literal(name))
        .mapTo(Boolean.class)
        .one();
  }

  /** 10.6 is 1006, 11.4 is 1104: only both numbers together tell a series. */
  private static int major(String version) {
    String[] parts = version.split("[.-]", -1);
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
  }

  @Override
  public Catalog readCatalog(Handle handle) {
    return new MariaDbCatalog(handle).read();
  }

  @Override
  public List<MigrationHistory> readMigrations(Handle handle, Catalog catalog, TableSet set) {
    return new Migrations(handle, this, catalog, set).read();
  }

  @Override
  public Bulk bulk() {
    return new MariaDbBulk();
  }

  @Override
  public ReadingSql reading() {
    return new MariaDbReadingSql();
  }

  @Override
  public ClusterSql cluster() {
    return new MariaDbClusterSql();
  }

  @Override
  public MergeSql merge() {
    return new MariaDbMergeSql();
  }

  @Override
  public DigestSql digests() {
    return new MariaDbDigestSql();
  }

  @Override
  public BaselineSql baseline() {
    return new MariaDbBaselineSql();
  }

  @Override
  public BeforeSql before() {
    return new MariaDbBeforeSql();
  }

  @Override
  public LedgerSql ledger() {
    return new MariaDbLedgerSql();
  }

  @Override
  public StructureSql structure() {
    return new MariaDbStructureSql();
  }

  @Override
  public CloneSql cloning() {
    return new MariaDbCloneSql();
  }

  @Override
  public ExaminationSql examination() {
    return new MariaDbExaminationSql();
  }

  @Override
  public KeySql keys() {
    return new MariaDbKeySql(this);
  }

  @Override
  public String quote(String name) {
    return MariaDbNames.quote(name);
  }

  @Override
  public String quote(TableId table) {
    return MariaDbNames.quote(table);
  }

  /** An account is a user and the host it comes from: {@code u@%}. */
  @Override
  public String grantee(String user) {
    int at = user.lastIndexOf('@');
    return at < 0
        ? literal(user)
        : literal(user.substring(0, at)) + "@" + literal(user.substring(at + 1));
  }

  @Override
  public String literal(String text) {
    return MariaDbNames.literal(text);
  }

  @Override
  public SyncException explain(String doing, Exception failure) {
    return MariaDbErrors.explain(doing, failure);
  }
}
