package io.travaso.database.postgres;

import io.travaso.database.LedgerSql;
import java.util.List;

/** The ledger in PostgreSQL: a schema of its own, {@code travaso}. */
final class PostgresLedgerSql implements LedgerSql {
  static final String RUN = "travaso.run";
  static final String BEFORE = "travaso.before";
  static final String BASE = "travaso.base";

  /** "travaso" in ASCII, as the one key of the lock. */
  private static final long LOCK = 0x74726176_61736fL;

  @Override
  public List<String> create() {
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS travaso",
        """
        CREATE TABLE IF NOT EXISTS travaso.environment (
          name text PRIMARY KEY,
          marked_at timestamptz NOT NULL,
          marked_by text NOT NULL,
          tool_version text NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS travaso.run (
          id text PRIMARY KEY,
          started_at timestamptz NOT NULL,
          finished_at timestamptz,
          command text NOT NULL,
          source text NOT NULL,
          target text NOT NULL,
          run_by text NOT NULL,
          tool_version text NOT NULL,
          outcome text NOT NULL,
          error text,
          fixture_sha256 text,
          fixture_file text,
          backup text,
          tables text NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS travaso.baseline (
          id integer PRIMARY KEY,
          peer text NOT NULL,
          name text NOT NULL,
          matched text NOT NULL,
          digested text NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS travaso.agreement (
          baseline integer NOT NULL,
          number integer NOT NULL,
          run text NOT NULL,
          agreed_at timestamptz NOT NULL,
          PRIMARY KEY (baseline, number))
        """,
        // An entry holds from one agreement on, and until another; digests in the order of
        // baseline.digested.
        """
        CREATE TABLE IF NOT EXISTS travaso.base (
          baseline integer NOT NULL,
          valid_from integer NOT NULL,
          valid_to integer,
          k bytea NOT NULL,
          digests bigint[] NOT NULL,
          PRIMARY KEY (baseline, k, valid_from))
        """,
        // Of each run and table one row that says so, and has the number of the part; then one a
        // row that was written.
        """
        CREATE TABLE IF NOT EXISTS travaso.before (
          part integer NOT NULL,
          run text,
          name text,
          about text,
          bytes bigint,
          kind text,
          row_key text[],
          image text[],
          digest bigint)
        """,
        "CREATE INDEX IF NOT EXISTS before_part ON travaso.before (part)",
        "CREATE INDEX IF NOT EXISTS before_run ON travaso.before (run) WHERE run IS NOT NULL");
  }

  @Override
  public String rightToCreate(String database) {
    return "CREATE ON DATABASE " + PostgresNames.quote(database);
  }

  @Override
  public String exists() {
    return "SELECT to_regclass('travaso.run') IS NOT NULL AND to_regclass('travaso.environment') IS"
        + " NOT NULL";
  }

  @Override
  public String isComplete() {
    return "SELECT count(*) = 6 FROM pg_catalog.pg_tables WHERE schemaname = 'travaso'"
        + " AND tablename IN ('environment', 'run', 'baseline', 'agreement', 'base', 'before')";
  }

  @Override
  public String baselineTable() {
    return "travaso.baseline";
  }

  @Override
  public String agreementTable() {
    return "travaso.agreement";
  }

  @Override
  public String baseTable() {
    return BASE;
  }

  @Override
  public String beforeTable() {
    return BEFORE;
  }

  @Override
  public String environmentTable() {
    return "travaso.environment";
  }

  @Override
  public String runTable() {
    return RUN;
  }

  @Override
  public String tryLock() {
    return "SELECT pg_try_advisory_lock(" + LOCK + ")";
  }
}
