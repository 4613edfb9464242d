package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The merge in PostgreSQL's SQL. */
final class PostgresMergeSql implements MergeSql {
  /** Where it does not matter which rows are staged. */
  private static final Lookups NOWHERE = new Lookups(Map.of(), "");

  @Override
  public Map<String, String> lackedRights(
      Handle session, Set<String> schemas, Set<TableId> sequences, boolean staging) {
    Map<String, String> lacked = new LinkedHashMap<>();
    session
        .createQuery(PostgresRightsSql.lacked(schemas, sequences, staging))
        .map((r, c) -> lacked.put(r.getString(2), r.getString(1)))
        .list();
    return lacked;
  }

  @Override
  public String grantee() {
    return "SELECT '\"' || replace(current_user, '\"', '\"\"') || '\"'";
  }

  @Override
  public String createStaging(SyncTable table, String staging) {
    return new PostgresStagingSql(table).create(staging);
  }

  @Override
  public String createKeys(SyncTable table, String keys) {
    return new PostgresStagingSql(table).createKeys(keys);
  }

  @Override
  public String malformedLinks(SyncTable table, int list, String raw, int limit) {
    return PostgresLinks.malformed(table, list, raw, limit);
  }

  @Override
  public String expandLinks(SyncTable owner, int list, String ownerRaw, String raw) {
    return PostgresLinks.expand(owner, list, ownerRaw, raw);
  }

  @Override
  public String createIds(SyncTable table, String raw, String ids) {
    return new PostgresOwnIds(table).create(raw, ids);
  }

  @Override
  public String duplicateIds(SyncTable table, String ids, int limit) {
    return new PostgresOwnIds(table).duplicates(ids, limit);
  }

  @Override
  public String movedIds(SyncTable table, String ids, int limit) {
    return new PostgresOwnIds(table).moved(ids, limit);
  }

  @Override
  public String drawIds(SyncTable table, String ids, String drawn) {
    return new PostgresOwnIds(table).draw(ids, drawn);
  }

  @Override
  public String renumber(String temporaryTable, String column, String drawn) {
    return PostgresOwnIds.renumber(temporaryTable, column, drawn);
  }

  @Override
  public String renumberGeneric(
      SyncTable table, Field field, GenericReference.Target target, String staging, String drawn) {
    return PostgresGeneric.renumber(table, field, target, staging, drawn);
  }

  @Override
  public String ambiguousReferences(SyncTable table, Field field, String raw, int limit) {
    return lookup(table, field, NOWHERE).ambiguous(raw, limit);
  }

  @Override
  public List<String> resolve(SyncTable table, String raw, String staging, Lookups lookups) {
    return List.of(new PostgresStagingSql(table).resolve(raw, staging, lookups));
  }

  @Override
  public String tooLong(SyncTable table, Field field, String staging, int limit) {
    return new PostgresStagingSql(table).tooLong(field, staging, limit);
  }

  @Override
  public Optional<String> restoreSpelling(SyncTable table, String staging) {
    return PostgresDjangoSql.restoreSpelling(table, staging);
  }

  @Override
  public Optional<String> restoreCut(SyncTable table, String staging) {
    return PostgresDjangoSql.restore(table, staging);
  }

  @Override
  public String analyze(String temporaryTable) {
    return "ANALYZE pg_temp." + quote(temporaryTable);
  }

  @Override
  public String dropTemporary(String temporaryTable) {
    return "DROP TABLE pg_temp." + quote(temporaryTable);
  }

  @Override
  public String withoutKey(SyncTable table, String staging) {
    return new PostgresStagingSql(table).withoutKey(staging);
  }

  @Override
  public String duplicates(SyncTable table, String staging, int limit) {
    return new PostgresStagingSql(table).duplicates(staging, limit);
  }

  @Override
  public String missingReferences(SyncTable table, Field field, String staging, int limit) {
    return field.generic() == null
        ? lookup(table, field, NOWHERE).missing(table, staging, limit)
        : new PostgresGeneric(table, field, NOWHERE).missing(staging, limit);
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
        : new PostgresGeneric(table, field, lookups).moved(staging, limit);
  }

  private static PostgresLookup lookup(SyncTable table, Field field, Lookups lookups) {
    return new PostgresLookup(
        Objects.requireNonNull(field.reference()),
        table.primaryKey().size() + table.fields().indexOf(field),
        lookups);
  }

  @Override
  public String missingParents(Work child, ForeignKey key, Parent parent, int limit) {
    return PostgresReachSql.missingParents(child, key, parent, limit);
  }

  @Override
  public Optional<String> refusedRows(Work work, int limit) {
    return new PostgresRefusedSql(work).query(limit);
  }

  @Override
  public boolean mayConflict(Work work, Exclusion exclusion) {
    return new PostgresExclusionSql(work, exclusion).isConcerned();
  }

  @Override
  public String conflictsWithKept(Work work, Exclusion exclusion, int limit) {
    return new PostgresExclusionSql(work, exclusion).held(limit);
  }

  @Override
  public String conflictsAmongWritten(Work work, Exclusion exclusion, boolean most, int limit) {
    return new PostgresExclusionSql(work, exclusion).clashing(most, limit);
  }

  @Override
  public boolean mayMove(Work work, Exclusion exclusion) {
    return new PostgresExclusionSql(work, exclusion).moves();
  }

  @Override
  public String contested(Work work, Exclusion exclusion, int limit) {
    return new PostgresExclusionSql(work, exclusion).contested(limit);
  }

  @Override
  public List<Aside> asides(Work work, Exclusion exclusion, Movable movable) {
    return PostgresAsides.of(work, exclusion, movable);
  }

  @Override
  public String fits(Work work, Exclusion exclusion, Aside aside) {
    return new PostgresAsideSql(work, exclusion, aside).fits();
  }

  @Override
  public String stepAside(Work work, Exclusion exclusion, Aside aside) {
    return new PostgresAsideSql(work, exclusion, aside).statement();
  }

  @Override
  public List<String> diff(Work work, Deletes deletes) {
    PostgresDiffSql sql = new PostgresDiffSql(work.table());
    List<String> statements = new ArrayList<>();
    statements.add(sql.createdAndUpdated(work.staging(), work.diff()));
    if (!(deletes instanceof Deletes.None)) {
      statements.add(deleted(work, deletes));
    }
    return statements;
  }

  @Override
  public String deleted(Work work, Deletes deletes) {
    return new PostgresDiffSql(work.table()).deleted(work.staging(), work.diff(), deletes);
  }

  @Override
  public String diffSummary(Work work) {
    return new PostgresDiffSql(work.table()).summary(work.diff());
  }

  @Override
  public String unchangeable(Work work, Column column, int limit) {
    return new PostgresDiffSql(work.table())
        .unchangeable(column, work.staging(), work.diff(), limit);
  }

  @Override
  public String count(Table table) {
    return "SELECT count(*) FROM " + relation(table);
  }

  @Override
  public String referencedFromOutside(
      Work changed, Change change, ForeignKey key, Table outside, int limit) {
    return PostgresReachSql.referencedFromOutside(changed, change, key, outside, limit);
  }

  @Override
  public String referencedFromKept(Work deleted, ForeignKey key, Work kept, int limit) {
    return PostgresReachSql.referencedFromKept(deleted, key, kept, limit);
  }

  @Override
  public List<String> isolate() {
    // What a session begins with: each statement sees what is committed.
    return List.of();
  }

  @Override
  public List<String> lock(Table table, Duration wait) {
    // The timeout holds for the whole transaction: waiting for a row while others wait for our
    // tables would block the application for longer.
    return List.of(
        "SET LOCAL lock_timeout = " + Math.max(1, wait.toMillis()),
        "LOCK TABLE " + quote(table.id()) + " IN SHARE ROW EXCLUSIVE MODE");
  }

  @Override
  public List<Long> apply(Handle session, Catalog catalog, List<Writes> writes) {
    String statement = new PostgresApply(writes).statement();
    return List.of(session.createQuery(statement).mapTo(Long[].class).one());
  }

  @Override
  public boolean actsOnReferences() {
    return true;
  }

  @Override
  public String checkConstraints() {
    return "SET CONSTRAINTS ALL IMMEDIATE";
  }

  @Override
  public String digestOfOthers(Work work) {
    return new PostgresDiffSql(work.table()).digestOfOthers(work.diff());
  }

  @Override
  public String unequal(Work work, int limit) {
    return new PostgresDiffSql(work.table()).unequal(work.staging(), work.diff(), limit);
  }

  @Override
  public void advanceSequence(Handle session, Table table, Column column, TableId sequence) {
    session
        .createQuery(
            "SELECT setval(q.seqrelid::regclass, "
                + PostgresSequences.NEEDED
                + ")"
                + PostgresSequences.behind(table, column, sequence))
        .mapTo(Long.class)
        .list();
  }

  @Override
  public List<String> remember(Work work, String runId, long rows) {
    // Every row has the number of the transaction that wrote it.
    return List.of();
  }

  @Override
  public String writtenSince(Work work, String runId) {
    // A run's own row in the ledger was last written by the run's transaction.
    return "SELECT count(*) FROM "
        + relation(work.table().table())
        + " AS t, "
        + PostgresLedgerSql.RUN
        + " AS r WHERE r.id = "
        + literal(runId)
        + " AND age(t.xmin) < age(r.xmin)";
  }
}
