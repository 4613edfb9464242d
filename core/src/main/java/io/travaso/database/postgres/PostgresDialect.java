package io.travaso.database.postgres;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql;
import io.travaso.database.BeforeSql;
import io.travaso.database.Bulk;
import io.travaso.database.CloneSql;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Dialect;
import io.travaso.database.DigestSql;
import io.travaso.database.ExaminationSql;
import io.travaso.database.HorizonSql;
import io.travaso.database.KeySql;
import io.travaso.database.LedgerSql;
import io.travaso.database.MergeSql;
import io.travaso.database.Migrations;
import io.travaso.database.ReadingSql;
import io.travaso.database.ServerFacts;
import io.travaso.database.StructureSql;
import io.travaso.table.Catalog;
import io.travaso.table.MigrationHistory;
import io.travaso.table.TableSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL. */
public final class PostgresDialect implements Dialect {
  private static final String INTERNAL_ERROR = "XX000";

  @Override
  public String engine() {
    return "postgresql";
  }

  @Override
  public String oldest() {
    return "12";
  }

  @Override
  public int oldestMajor() {
    return 12;
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(settings.user());
    if (settings.password() != null) {
      source.setPassword(settings.password().reveal());
    }
    source.setApplicationName("travaso");
    source.setConnectTimeout(10);
    source.setTcpKeepAlive(true);
    // The server's DETAIL prints the values of rows.
    source.setLogServerErrorDetail(false);
    settings
        .parameters()
        .forEach(
            (name, value) -> {
              try {
                source.setProperty(name, value);
              } catch (SQLException e) {
                throw SyncException.configuration(
                    "Unknown parameter " + name + " for " + settings.name(),
                    "Take it out of the database's URL.");
              }
            });
    return source;
  }

  @Override
  public String sessionSql() {
    // What changed is little beside what is there: as disks are today, rows that are looked up by
    // an
    // index are nearer than PostgreSQL's default has it, which reads whole tables for ten thousand.
    return """
    SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET timezone = 'UTC';
    SET extra_float_digits = 3; SET bytea_output = 'hex'; SET lc_monetary = 'C';
    SET xmloption = 'content'; SET standard_conforming_strings = on; SET row_security = off;
    SET search_path = ''; SET statement_timeout = 0; SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = 0;
    SET jit = off; SET random_page_cost = 1.1; SET array_nulls = on; SET default_transaction_isolation = 'read committed';
    SELECT set_config(name, '0', false) FROM pg_settings
     WHERE name IN ('idle_session_timeout', 'transaction_timeout')\
    """;
  }

  @Override
  public String mergeSessionSql() {
    // An empty search_path would break triggers and functions with unqualified names.
    // work_mem holds the hash of a join; it is the server's memory, taken only while joining.
    // Where the server can (14 and later), it notices within half a second that nobody is left to
    // merge for, instead of holding the locks until it has something to say.
    // A client that is gone unnoticed, and idle between two statements of the merge, is not waited
    // for: the application is.
    // What is staged is analyzed for its size and how its keys spread: a small sample tells that.
    return """
    RESET search_path; SET work_mem = '64MB'; SET default_statistics_target = 10;
    SET idle_in_transaction_session_timeout = '20s';
    SELECT set_config(name, '500', false) FROM pg_settings
     WHERE name = 'client_connection_check_interval'\
    """;
  }

  @Override
  public ServerFacts serverFacts(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT current_setting('server_version') AS version,
                   current_setting('server_version_num')::int / 10000 AS major,
                   (SELECT system_identifier FROM pg_control_system())
                     || '/' || d.oid || '/' || extract(epoch FROM pg_postmaster_start_time()) AS identity,
                   d.datname, current_user::text AS role, pg_database_size(d.oid) AS bytes,
                   extract(epoch FROM clock_timestamp()) AS now, pg_is_in_recovery() AS standby,
                   has_database_privilege(d.oid, 'CREATE') AS may_create
              FROM pg_database AS d WHERE d.datname = current_database()
            """)
        .map(
            (row, context) ->
                new ServerFacts(
                    engine(),
                    row.getString("version"),
                    row.getInt("major"),
                    row.getString("identity"),
                    row.getString("datname"),
                    row.getString("role"),
                    row.getLong("bytes"),
                    Instant.ofEpochMilli((long) (row.getDouble("now") * 1000)),
                    row.getBoolean("standby"),
                    row.getBoolean("may_create")))
        .one();
  }

  /**
   * Reads it again where something went while it was read: types, tables and their expressions are
   * looked up one by one, and somebody else's DROP is seen between two of them (XX000, "cache
   * lookup failed").
   */
  @Override
  public Catalog readCatalog(Handle handle) {
    try {
      return new PostgresCatalog(handle).read();
    } catch (JdbiException e) {
      boolean again =
          e.getCause() instanceof SQLException sql
              && INTERNAL_ERROR.equals(sql.getSQLState())
              && !handle.isInTransaction();
      if (!again) {
        throw e;
      }
      return new PostgresCatalog(handle).read();
    }
  }

  @Override
  public List<MigrationHistory> readMigrations(Handle handle, Catalog catalog, TableSet set) {
    return new Migrations(handle, this, catalog, set).read();
  }

  @Override
  public Bulk bulk() {
    return new PostgresBulk();
  }

  @Override
  public ReadingSql reading() {
    return new PostgresReadingSql();
  }

  @Override
  public MergeSql merge() {
    return new PostgresMergeSql();
  }

  @Override
  public DigestSql digests() {
    return new PostgresDigestSql();
  }

  @Override
  public Optional<HorizonSql> horizons() {
    return Optional.of(new PostgresHorizonSql());
  }

  @Override
  public BaselineSql baseline() {
    return new PostgresBaselineSql();
  }

  @Override
  public BeforeSql before() {
    return new PostgresBeforeSql();
  }

  @Override
  public LedgerSql ledger() {
    return new PostgresLedgerSql();
  }

  @Override
  public StructureSql structure() {
    return new PostgresStructureSql();
  }

  @Override
  public CloneSql cloning() {
    return new PostgresCloneSql();
  }

  @Override
  public ExaminationSql examination() {
    return new PostgresExaminationSql();
  }

  @Override
  public KeySql keys() {
    return new PostgresKeySql(this);
  }

  @Override
  public String quote(String name) {
    return PostgresNames.quote(name);
  }

  @Override
  public String literal(String text) {
    return PostgresNames.literal(text);
  }

  @Override
  public SyncException explain(String doing, Exception failure) {
    return PostgresErrors.explain(doing, failure);
  }
}
