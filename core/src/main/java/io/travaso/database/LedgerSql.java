package io.travaso.database;

import java.util.List;
import java.util.Optional;

/** How the ledger's tables are called and made on an engine. */
public interface LedgerSql {

  /** Makes what is missing; changes nothing that exists. */
  List<String> create();

  /** What is granted to who may not create it: privilege and object, as GRANT takes them. */
  String rightToCreate(String database);

  /** A query for one boolean: whether the ledger exists, as the first version made it. */
  String exists();

  /** A query for one boolean: whether it has all its tables, also those of later versions. */
  String isComplete();

  /** The table of the environment's mark, as written in SQL. */
  String environmentTable();

  /** The table of the runs, as written in SQL. */
  String runTable();

  /** The table of what runs wrote, as written in SQL; empty where rows themselves tell. */
  default Optional<String> writtenTable() {
    return Optional.empty();
  }

  /** The table of what is known of another environment's tables, as written in SQL. */
  String baselineTable();

  /** The table of the runs that ended in agreement, as written in SQL. */
  String agreementTable();

  /** The table of the digests of rows that were agreed on, as written in SQL. */
  String baseTable();

  /** The table of rows as they were before runs wrote them, as written in SQL. */
  String beforeTable();

  /** A query for one boolean: whether this session now has the lock that only one run can hold. */
  String tryLock();
}
