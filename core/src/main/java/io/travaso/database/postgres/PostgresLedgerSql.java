package io.travaso.database.postgres;

import io.travaso.database.LedgerSql;
import java.util.List;

/** The ledger in PostgreSQL: a schema of its own, {@code travaso}. */
final class PostgresLedgerSql implements LedgerSql {
  static final String RUN = "travaso.run";

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
        """);
  }

  @Override
  public String rightToCreate(String database) {
    return "CREATE ON DATABASE " + PostgresNames.quote(database);
  }

  @Override
  public String exists() {
    return "SELECT to_regclass('travaso.run') IS NOT NULL AND to_regclass('travaso.environment') IS NOT NULL";
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

  @Override
  public String unlock() {
    return "SELECT pg_advisory_unlock(" + LOCK + ")";
  }
}
