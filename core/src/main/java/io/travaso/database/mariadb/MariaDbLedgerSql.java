package io.travaso.database.mariadb;

import io.travaso.database.LedgerSql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ledger in MariaDB: tables of the database itself, called {@code travaso_…}. */
final class MariaDbLedgerSql implements LedgerSql {
  static final String ENVIRONMENT = "travaso_environment";
  static final String RUN = "travaso_run";
  static final String BASELINE = "travaso_baseline";
  static final String AGREEMENT = "travaso_agreement";
  static final String BASE = "travaso_base";
  static final String BEFORE = "travaso_before";

  private static final List<String> ALL =
      List.of(ENVIRONMENT, RUN, MariaDbWrittenSql.TABLE, BASELINE, AGREEMENT, BASE, BEFORE);

  /** Locks have names for the whole server: one for each database. */
  private static final String LOCK = "CONCAT('travaso ', MD5(DATABASE()))";

  private static final String TABLE =
      " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  /** The names of its tables, as literals. */
  static String tables() {
    return literals(ALL);
  }

  private static String literals(List<String> tables) {
    return tables.stream().map(MariaDbNames::literal).collect(Collectors.joining(", "));
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
        MariaDbWrittenSql.create() + TABLE,
        "CREATE TABLE IF NOT EXISTS "
            + BASELINE
            + """
             (id int NOT NULL PRIMARY KEY,
              peer varchar(100) NOT NULL,
              name varchar(200) NOT NULL,
              matched text NOT NULL,
              digested text NOT NULL)
            """
            + TABLE,
        "CREATE TABLE IF NOT EXISTS "
            + AGREEMENT
            + """
             (baseline int NOT NULL,
              number int NOT NULL,
              run varchar(100) NOT NULL,
              agreed_at datetime(6) NOT NULL,
              PRIMARY KEY (baseline, number))
            """
            + TABLE,
        // An entry holds from one agreement on, and until another; digests in the order of
        // baseline.digested.
        "CREATE TABLE IF NOT EXISTS "
            + BASE
            + """
             (baseline int NOT NULL,
              valid_from int NOT NULL,
              valid_to int,
              k varbinary(16) NOT NULL,
              digests blob NOT NULL,
              PRIMARY KEY (baseline, k, valid_from))
            """
            + TABLE,
        // Of each run and table one row that says so, and has the number of the part; then one a
        // row that was written.
        "CREATE TABLE IF NOT EXISTS "
            + BEFORE
            + """
             (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
              part int NOT NULL,
              run varchar(100),
              name varchar(200),
              about longtext,
              bytes bigint,
              kind char(1) CHARACTER SET ascii COLLATE ascii_bin,
              row_key longtext CHARACTER SET ascii COLLATE ascii_bin,
              image longtext CHARACTER SET ascii COLLATE ascii_bin,
              digest bigint unsigned,
              INDEX (part))
            """
            + TABLE);
  }

  @Override
  public String rightToCreate(String database) {
    return "CREATE, SELECT, INSERT, UPDATE, DELETE ON " + MariaDbNames.quote(database) + ".*";
  }

  @Override
  public String exists() {
    return exist(List.of(ENVIRONMENT, RUN, MariaDbWrittenSql.TABLE));
  }

  @Override
  public String isComplete() {
    return exist(ALL);
  }

  private static String exist(List<String> tables) {
    return "SELECT COUNT(*) = %d FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (%s)"
        .formatted(tables.size(), literals(tables));
  }

  @Override
  public String baselineTable() {
    return BASELINE;
  }

  @Override
  public String agreementTable() {
    return AGREEMENT;
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
}
