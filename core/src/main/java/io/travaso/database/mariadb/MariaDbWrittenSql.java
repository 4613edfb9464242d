package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.SyncTable;
import java.util.List;

/**
 * What runs wrote, remembered: rows of MariaDB do not tell who wrote them last. Of each row a run
 * created or updated the ledger keeps a hash, as the row was when the run was done. A row that a
 * rollback would change back and that has another hash by now was written by somebody since.
 *
 * <p>Hashes stand many in a row of the ledger, found by their remainder: one each took three times
 * as long to write.
 */
final class MariaDbWrittenSql {
  static final String TABLE = "travaso_written";

  /** How many hashes stand together. */
  private static final long TOGETHER = 32;

  private static final String HEX = "LPAD(HEX(%s.digest), 16, '0')";

  private MariaDbWrittenSql() {}

  static String create() {
    return "CREATE TABLE IF NOT EXISTS "
        + TABLE
        + """
         (run varchar(100) NOT NULL,
          name varchar(64) NOT NULL,
          part bigint unsigned NOT NULL,
          parts bigint unsigned NOT NULL,
          digests mediumtext CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
          PRIMARY KEY (run, name, part))
        """;
  }

  static List<String> remember(Work work, String run, long rows) {
    if (rows == 0) {
      return List.of();
    }
    long parts = rows / TOGETHER + 1;
    SyncTable table = work.table();
    String digests = quote(work.diff() + "_written");
    return List.of(
        // By itself: in the next statement the hash would be made once for each of its uses.
        """
        CREATE TEMPORARY TABLE %s ENGINE = InnoDB AS
        SELECT %s AS digest FROM %s STRAIGHT_JOIN %s AS t ON %s WHERE d.kind IN ('c', 'u')
        """
            .formatted(
                digests,
                // As the diff of a rollback sees it.
                MariaDbRows.digest(MariaDbRows.targetValues(table.table().columns())),
                MariaDbRows.diff(work.diff()),
                quote(table.id()),
                MariaDbRows.diffMatchesTarget(table)),
        """
        INSERT INTO %s (run, name, part, parts, digests)
        SELECT SQL_BIG_RESULT %s, %s, w.digest %% %d, %d, GROUP_CONCAT(%s) FROM %s AS w GROUP BY w.digest %% %d
        """
            .formatted(
                TABLE,
                literal(run),
                literal(table.id().name()),
                parts,
                parts,
                HEX.formatted("w"),
                digests,
                parts),
        "DROP TEMPORARY TABLE " + digests);
  }

  static String writtenSince(Work work, String run) {
    String of = "run = %s AND name = %s".formatted(literal(run), literal(work.table().id().name()));
    return """
    SELECT COUNT(*) FROM %s
      LEFT JOIN (SELECT part, digests FROM %s WHERE %s) AS w
        ON w.part = d.digest %% (SELECT MAX(parts) FROM %s WHERE %s)
     WHERE d.kind IN ('u', 'd') AND (w.digests IS NULL OR FIND_IN_SET(%s, w.digests) = 0)
    """
        .formatted(MariaDbRows.diff(work.diff()), TABLE, of, TABLE, of, HEX.formatted("d"));
  }
}
