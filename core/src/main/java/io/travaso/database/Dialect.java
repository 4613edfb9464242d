package io.travaso.database;

import io.travaso.SyncException;
import io.travaso.table.Catalog;
import io.travaso.table.MigrationHistory;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** What differs from one database engine to the other; the one seam for it. */
public interface Dialect {

  /** The engine's name, as it stands in a URL and in a manifest. */
  String engine();

  /** The oldest version that is supported, as it is called. */
  String oldest();

  /** The same, as {@link ServerFacts#major} has it. */
  int oldestMajor();

  /** A source of new connections. */
  DataSource dataSource(ConnectionSettings settings);

  /**
   * The statements that pin a new session: formats of values, time zone UTC, no truncated floats,
   * no silently filtered rows.
   */
  String sessionSql();

  /**
   * The statements that make a session ready to write: names inside triggers and operators of
   * extensions are found as the application finds them.
   */
  String mergeSessionSql();

  /**
   * Looks at a statement that was executed, before its result is used.
   *
   * @throws SyncException if the database says it did something else than it was told
   */
  default void checkStatement(Statement statement) throws SQLException {}

  ServerFacts serverFacts(Handle handle);

  Catalog readCatalog(Handle handle);

  /**
   * Which migrations were applied to the tables of a set, where a tool that is known keeps a list
   * of them that may be read.
   */
  List<MigrationHistory> readMigrations(Handle handle, Catalog catalog, TableSet set);

  /** Bulk transfer, out and in. */
  Bulk bulk();

  /** Reading gently, and from a standby. */
  ReadingSql reading();

  /** What writing takes where the server is one of several. */
  default ClusterSql cluster() {
    return ClusterSql.NONE;
  }

  /** The statements of a merge. */
  MergeSql merge();

  /** The statements that tell what changed since both sides agreed. */
  BaselineSql baseline();

  /** The digests of rows. */
  DigestSql digests();

  /** What tells when rows were written; empty where nothing does. */
  default Optional<HorizonSql> horizons() {
    return Optional.empty();
  }

  /** The statements that keep rows as they were before. */
  BeforeSql before();

  /** The statements of the ledger. */
  LedgerSql ledger();

  /** A check's questions about the tables of a set. */
  StructureSql structure();

  /** What cloning a whole database asks. */
  CloneSql cloning();

  /** The questions of a thorough check. */
  ExaminationSql examination();

  /** How it draws keys, and gives rows others. */
  KeySql keys();

  /** A name as an identifier in SQL. The one place where names are quoted. */
  String quote(String name);

  /** A table's full name in SQL. */
  default String quote(TableId table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  /** The role or account that is connected, as GRANT takes it. */
  default String grantee(String user) {
    return quote(user);
  }

  /** A text as a literal in SQL. */
  String literal(String text);

  /**
   * What a failed statement means to a user. The message names tables, columns and constraints,
   * never values.
   *
   * @param doing what was being done, on what
   */
  SyncException explain(String doing, Exception failure);
}
