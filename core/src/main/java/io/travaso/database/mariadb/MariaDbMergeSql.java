package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.Aside;
import io.travaso.database.MergeSql;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.Field;
import io.travaso.table.ForeignKey;
import io.travaso.table.GenericReference;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The merge in MariaDB's SQL. */
final class MariaDbMergeSql implements MergeSql {
  /** Where it does not matter which rows are staged. */
  private static final Lookups NOWHERE = new Lookups(Map.of(), "");

  @Override
  public Map<String, String> lackedRights(
      Handle session, Set<String> schemas, Set<TableId> sequences, boolean staging) {
    return MariaDbRightsSql.lacked(session, sequences, staging);
  }

  @Override
  public String grantee() {
    // An account is a user and the host it comes from.
    return "SELECT CONCAT(QUOTE(SUBSTRING_INDEX(a, '@', CHAR_LENGTH(a) - CHAR_LENGTH(REPLACE(a,"
        + " '@', '')))), '@', QUOTE(SUBSTRING_INDEX(a, '@', -1))) FROM (SELECT"
        + " CURRENT_USER() AS a) AS u";
  }

  @Override
  public String createStaging(SyncTable table, String staging) {
    return new MariaDbStagingSql(table).create(staging);
  }

  @Override
  public String createKeys(SyncTable table, String keys) {
    return new MariaDbStagingSql(table).createKeys(keys);
  }

  @Override
  public String malformedLinks(SyncTable table, int list, String raw, int limit) {
    return MariaDbLinks.malformed(table, list, raw, limit);
  }

  @Override
  public String expandLinks(SyncTable owner, int list, String ownerRaw, String raw) {
    return MariaDbLinks.expand(owner, list, ownerRaw, raw);
  }

  @Override
  public String createIds(SyncTable table, String raw, String ids) {
    return new MariaDbOwnIds(table).create(raw, ids);
  }

  @Override
  public String duplicateIds(SyncTable table, String ids, int limit) {
    return new MariaDbOwnIds(table).duplicates(ids, limit);
  }

  @Override
  public String movedIds(SyncTable table, String ids, int limit) {
    return new MariaDbOwnIds(table).moved(ids, limit);
  }

  @Override
  public String drawIds(SyncTable table, String ids, String drawn) {
    return new MariaDbOwnIds(table).draw(ids, drawn);
  }

  @Override
  public String renumber(String temporaryTable, String column, String drawn) {
    return MariaDbOwnIds.renumber(temporaryTable, column, drawn);
  }

  @Override
  public String renumberGeneric(
      SyncTable table, Field field, GenericReference.Target target, String staging, String drawn) {
    return MariaDbGeneric.renumber(table, field, target, staging, drawn);
  }

  @Override
  public String ambiguousReferences(SyncTable table, Field field, String raw, int limit) {
    return lookup(table, field, NOWHERE).ambiguous(raw, limit);
  }

  @Override
  public List<String> resolve(SyncTable table, String raw, String staging, Lookups lookups) {
    return new MariaDbStagingSql(table).resolve(raw, staging, lookups);
  }

  @Override
  public String tooLong(SyncTable table, Field field, String staging, int limit) {
    return new MariaDbStagingSql(table).tooLong(field, staging, limit);
  }

  @Override
  public Optional<String> restoreSpelling(SyncTable table, String staging) {
    return MariaDbDjangoSql.restoreSpelling(table, staging);
  }

  @Override
  public Optional<String> restoreCut(SyncTable table, String staging) {
    return MariaDbDjangoSql.restore(table, staging);
  }

  @Override
  public String analyze(String temporaryTable) {
    // InnoDB counts by itself.
    return "DO 0";
  }

  @Override
  public String dropTemporary(String temporaryTable) {
    return "DROP TEMPORARY TABLE " + quote(temporaryTable);
  }

  @Override
  public String withoutKey(SyncTable table, String staging) {
    return new MariaDbStagingSql(table).withoutKey(staging);
  }

  @Override
  public String duplicates(SyncTable table, String staging, int limit) {
    return new MariaDbStagingSql(table).duplicates(staging, limit);
  }

  @Override
  public String missingReferences(SyncTable table, Field field, String staging, int limit) {
    return field.generic() == null
        ? lookup(table, field, NOWHERE).missing(table, staging, limit)
        : new MariaDbGeneric(table, field, NOWHERE).missing(staging, limit);
  }

  @Override
  public String unanswered(SyncTable table, Field field, String staging, Lookups lookups) {
    return lookup(table, field, lookups).unanswered(staging);
  }

  @Override
  public String movedReferences(
      SyncTable table, Field field, String staging, Lookups lookups, int limit) {
    return field.generic() == null
        ? lookup(table, field, lookups).moved(table, staging, limit)
        : new MariaDbGeneric(table, field, lookups).moved(staging, limit);
  }

  private static MariaDbLookup lookup(SyncTable table, Field field, Lookups lookups) {
    return new MariaDbLookup(
        field.column(),
        Objects.requireNonNull(field.reference()),
        table.primaryKey().size() + table.fields().indexOf(field),
        lookups);
  }

  @Override
  public String missingParents(Work child, ForeignKey key, Parent parent, int limit) {
    return MariaDbReachSql.missingParents(child, key, parent, limit);
  }

  @Override
  public Optional<String> refusedRows(Work work, int limit) {
    return new MariaDbRefusedSql(work).query(limit);
  }

  @Override
  public boolean mayConflict(Work work, Exclusion exclusion) {
    return new MariaDbExclusionSql(work, exclusion).isConcerned();
  }

  @Override
  public String conflictsWithKept(Work work, Exclusion exclusion, int limit) {
    return new MariaDbExclusionSql(work, exclusion).held(limit);
  }

  @Override
  public String conflictsAmongWritten(Work work, Exclusion exclusion, boolean most, int limit) {
    return new MariaDbExclusionSql(work, exclusion).clashing(most, limit);
  }

  @Override
  public boolean mayMove(Work work, Exclusion exclusion) {
    return new MariaDbExclusionSql(work, exclusion).moves();
  }

  @Override
  public String contested(Work work, Exclusion exclusion, int limit) {
    return new MariaDbExclusionSql(work, exclusion).contested(limit);
  }

  @Override
  public List<Aside> asides(Work work, Exclusion exclusion, Movable movable) {
    return MariaDbAsides.of(work, exclusion, movable);
  }

  @Override
  public String fits(Work work, Exclusion exclusion, Aside aside) {
    return new MariaDbAsideSql(work, exclusion, aside).fits();
  }

  @Override
  public String stepAside(Work work, Exclusion exclusion, Aside aside) {
    return new MariaDbAsideSql(work, exclusion, aside).statement();
  }

  @Override
  public List<String> diff(Work work, Deletes deletes) {
    MariaDbDiffSql sql = new MariaDbDiffSql(work.table());
    List<String> statements = new ArrayList<>();
    statements.add(sql.createdAndUpdated(work.staging(), work.diff()));
    if (!(deletes instanceof Deletes.None)) {
      statements.add(deleted(work, deletes));
    }
    return statements;
  }

  @Override
  public String deleted(Work work, Deletes deletes) {
    return new MariaDbDiffSql(work.table()).deleted(work.staging(), work.diff(), deletes);
  }

  @Override
  public String diffSummary(Work work) {
    return new MariaDbDiffSql(work.table()).summary(work.diff());
  }

  @Override
  public String unchangeable(Work work, Column column, int limit) {
    return new MariaDbDiffSql(work.table())
        .unchangeable(column, work.staging(), work.diff(), limit);
  }

  @Override
  public String count(Table table) {
    return "SELECT COUNT(*) FROM " + quote(table.id());
  }

  @Override
  public String referencedFromOutside(
      Work changed, Change change, ForeignKey key, Table outside, int limit) {
    return MariaDbReachSql.referencedFromOutside(changed, change, key, outside, limit);
  }

  @Override
  public String referencedFromKept(Work deleted, ForeignKey key, Work kept, int limit) {
    return MariaDbReachSql.referencedFromKept(deleted, key, kept, limit);
  }

  @Override
  public List<String> isolate() {
    // So that gaps between rows are locked too, and nobody adds one. While it plans, a session
    // must not: what it reads into temporary tables it would lock.
    return List.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  }

  @Override
  public List<String> lock(Table table, Duration wait) {
    // All rows and the gaps between them: others read, and don't write. As the first reads of the
    // transaction they come before its snapshot, which so is of what is locked.
    long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
    String index = table.primaryKey().isEmpty() ? "" : " FORCE INDEX (PRIMARY)";
    return List.of(
        "SET innodb_lock_wait_timeout = %1$d, lock_wait_timeout = %1$d".formatted(seconds),
        "SELECT COUNT(*) FROM " + quote(table.id()) + index + " FOR UPDATE");
  }

  @Override
  public List<Long> apply(Handle session, Catalog catalog, List<Writes> writes) {
    return new MariaDbApply(session, catalog, writes).write();
  }

  @Override
  public boolean actsOnReferences() {
    // Where a referenced value goes or changes, rows are written without foreign_key_checks.
    return false;
  }

  @Override
  public String checkConstraints() {
    // Nothing can be deferred.
    return "DO 0";
  }

  @Override
  public String digestOfOthers(Work work) {
    return new MariaDbDiffSql(work.table()).digestOfOthers(work.diff());
  }

  @Override
  public String unequal(Work work, int limit) {
    return new MariaDbDiffSql(work.table()).unequal(work.staging(), work.diff(), limit);
  }

  @Override
  public void advanceSequence(Handle session, Table table, Column column, TableId sequence) {
    MariaDbSequences.advance(session, table, column, sequence);
  }

  @Override
  public List<String> remember(Work work, String runId, long rows) {
    return MariaDbWrittenSql.remember(work, runId, rows);
  }

  @Override
  public String writtenSince(Work work, String runId) {
    return MariaDbWrittenSql.writtenSince(work, runId);
  }
}
