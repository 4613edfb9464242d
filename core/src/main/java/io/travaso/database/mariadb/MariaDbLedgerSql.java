package io.travaso.database.mariadb;

import io.travaso.database.LedgerSql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger in MariaDB: three tables of the database itself, called {@code travaso_…}. */
final class MariaDbLedgerSql implements LedgerSql {
  static final String ENVIRONMENT = "travaso_environment";
  static final String RUN = "travaso_run";

  /** Locks have names for the whole server: one for each database. */
  private static final String LOCK = "CONCAT('travaso ', MD5(DATABASE()))";

  private static final String TABLE =
      " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  /** The names of its tables, as literals. */
  static String tables() {
    return Stream.of(ENVIRONMENT, RUN, MariaDbWrittenSql.TABLE)
        .map(MariaDbNames::literal)
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<String> create() {
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + ENVIRONMENT
            + """
             (name varchar(100) NOT NULL PRIMARY KEY,
              marked_at datetime(6) NOT NULL,
              marked_by text NOT NULL,
              tool_version text NOT NULL)
            """
            + TABLE,
        "CREATE TABLE IF NOT EXISTS "
            + RUN
            + """
             (id varchar(100) NOT NULL PRIMARY KEY,
              started_at datetime(6) NOT NULL,
              finished_at datetime(6),
              command text NOT NULL,
              source text NOT NULL,
              target text NOT NULL,
              run_by text NOT NULL,
              tool_version text NOT NULL,
              outcome varchar(20) NOT NULL,
              error mediumtext,
              fixture_sha256 text,
              fixture_file text,
              backup text,
              tables longtext NOT NULL)
            """
            + TABLE,
        MariaDbWrittenSql.create() + TABLE);
  }

  @Override
  public String rightToCreate(String database) {
    return "CREATE, SELECT, INSERT, UPDATE, DELETE ON " + MariaDbNames.quote(database) + ".*";
  }

  @Override
  public String exists() {
    return "SELECT COUNT(*) = 3 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ('"
        + ENVIRONMENT
        + "', '"
        + RUN
        + "', '"
        + MariaDbWrittenSql.TABLE
        + "')";
  }

  @Override
  public String environmentTable() {
    return ENVIRONMENT;
  }

  @Override
  public String runTable() {
    return RUN;
  }

  @Override
  public Optional<String> writtenTable() {
    return Optional.of(MariaDbWrittenSql.TABLE);
  }

  @Override
  public String tryLock() {
    return "SELECT COALESCE(GET_LOCK(" + LOCK + ", 0), 0) = 1";
  }

  @Override
  public String unlock() {
    return "SELECT RELEASE_LOCK(" + LOCK + ") = 1";
  }
}
