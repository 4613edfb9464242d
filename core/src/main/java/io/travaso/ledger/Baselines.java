package io.travaso.ledger;

import io.travaso.database.BaselineSql;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.Database;
import io.travaso.database.LedgerSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger knows of the runs in which this database and another environment's came to agree
 * on a table: a chain of agreements, each with a number, back to which the base can be brought.
 */
public final class Baselines {
  /** How many agreements of a table are kept. */
  private static final int KEPT = 10;

  /** How many databases of one name are known apart. */
  private static final int DATABASES = 4;

  private final LedgerSql sql;
  private final BaselineSql baseline;

  public Baselines(Database database) {
    this.sql = database.dialect().ledger();
    this.baseline = database.dialect().baseline();
  }

  private record Row(int id, String peer, String table, String matched, List<String> columns) {}

  private record Agreement(int baseline, int number, String run) {}

  /** The chains that the ledger has with an environment. */
  public List<TableAgreements> agreements(Handle handle, String peer) {
    if (!isComplete(handle)) {
      return List.of();
    }
    Map<Integer, String> tables = new HashMap<>();
    rows(handle).stream()
        .filter(row -> row.peer().equals(peer))
        .forEach(row -> tables.put(row.id(), row.table()));
    Map<String, List<String>> runs = new TreeMap<>();
    tables.values().forEach(table -> runs.put(table, new ArrayList<>()));
    for (Agreement agreement : chain(handle)) {
      String table = tables.get(agreement.baseline());
      if (table != null) {
        runs.getOrDefault(table, new ArrayList<>()).add(agreement.run());
      }
    }
    return runs.entrySet().stream()
        .map(entry -> new TableAgreements(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What was agreed on in that run, where its entries are still of use for the table. */
  public Optional<Base> find(Handle handle, String peer, SyncTable table, String run) {
    if (!isComplete(handle)) {
      return Optional.empty();
    }
    String matched = matched(handle, table);
    List<Agreement> chain = chain(handle);
    return rows(handle, peer, table).stream()
        .filter(row -> row.matched().equals(matched))
        .flatMap(
            row ->
                chain.stream()
                    .filter(a -> a.baseline() == row.id() && a.run().equals(run))
                    .map(a -> new Base(row.id(), a.number(), row.columns())))
        .findFirst();
  }

  /** Whether that run still is the one that ended in the agreement with that number. */
  public boolean has(Handle handle, int baseline, int number, String run) {
    return isComplete(handle) && chain(handle).contains(new Agreement(baseline, number, run));
  }

  /**
   * Begins an agreement.
   *
   * @return the agreement, whose entries are yet to be written
   * @param continued what it follows, whose entries are of the same columns: later ones are
   *     forgotten; empty to begin anew
   */
  public Base begin(
      Handle transaction,
      String peer,
      SyncTable table,
      List<String> columns,
      Optional<Base> continued,
      String run,
      Instant at) {
    Base begun;
    if (continued.isPresent()) {
      Base base = continued.get();
      goBack(transaction, base.id(), base.number());
      begun = new Base(base.id(), base.number() + 1, columns);
      forgetBefore(transaction, base.id(), begun.number() - KEPT + 1);
    } else {
      forgetOldest(transaction, rows(transaction, peer, table));
      begun = new Base(nextId(transaction), BaselineSql.FIRST, columns);
      transaction
          .createUpdate(
              "INSERT INTO "
                  + sql.baselineTable()
                  + " (id, peer, name, matched, digested) VALUES (:id, :peer, :name, :matched,"
                  + " :digested)")
          .bind("id", begun.id())
          .bind("peer", peer)
          .bind("name", table.id().toString())
          .bind("matched", matched(transaction, table))
          .bind("digested", Names.text(columns))
          .execute();
    }
    transaction
        .createUpdate(
            "INSERT INTO "
                + sql.agreementTable()
                + " (baseline, number, run, agreed_at) VALUES (:id, :number, :run, :at)")
        .bind("id", begun.id())
        .bind("number", begun.number())
        .bind("run", run)
        .bind("at", Timestamp.from(at))
        .execute();
    return begun;
  }

  /**
   * Forgets what was agreed on with an environment about tables that are not in the set any more.
   */
  public void keepOnly(Handle transaction, String peer, Collection<String> tables) {
    rows(transaction).stream()
        .filter(row -> row.peer().equals(peer) && !tables.contains(row.table()))
        .forEach(row -> remove(transaction, row.id()));
  }

  /**
   * Goes back, for tables that were brought back to what they were, to what was agreed on before
   * that time, with whomever.
   */
  public void goBackTo(Handle transaction, Instant before, Collection<String> tables) {
    if (!isComplete(transaction)) {
      return;
    }
    for (Row row : rows(transaction)) {
      if (tables.contains(row.table())) {
        transaction
            .createQuery(
                "SELECT MIN(number) FROM "
                    + sql.agreementTable()
                    + " WHERE baseline = :id AND agreed_at >= :at")
            .bind("id", row.id())
            .bind("at", Timestamp.from(before))
            .mapTo(Integer.class)
            .findOne()
            .ifPresent(first -> goBackOrRemove(transaction, row.id(), first - 1));
      }
    }
  }

  /** Forgets everything: the tables are others. */
  public void clear(Handle transaction) {
    if (isComplete(transaction)) {
      for (String table : List.of(sql.baseTable(), sql.agreementTable(), sql.baselineTable())) {
        transaction.execute("DELETE FROM " + table);
      }
    }
  }

  private void goBackOrRemove(Handle transaction, int id, int number) {
    boolean known =
        chain(transaction).stream().anyMatch(a -> a.baseline() == id && a.number() == number);
    if (known) {
      goBack(transaction, id, number);
    } else {
      remove(transaction, id);
    }
  }

  private void goBack(Handle transaction, int id, int number) {
    boolean later =
        chain(transaction).stream().anyMatch(a -> a.baseline() == id && a.number() > number);
    if (later) {
      String base = sql.baseTable();
      update(
          transaction,
          "DELETE FROM " + base + " WHERE baseline = :id AND valid_from > :n",
          id,
          number);
      update(
          transaction,
          "UPDATE " + base + " SET valid_to = NULL WHERE baseline = :id AND valid_to > :n",
          id,
          number);
      update(
          transaction,
          "DELETE FROM " + sql.agreementTable() + " WHERE baseline = :id AND number > :n",
          id,
          number);
    }
  }

  private void forgetBefore(Handle transaction, int id, int number) {
    boolean earlier =
        chain(transaction).stream().anyMatch(a -> a.baseline() == id && a.number() < number);
    if (earlier) {
      update(
          transaction,
          "DELETE FROM " + sql.baseTable() + " WHERE baseline = :id AND valid_to <= :n",
          id,
          number);
      update(
          transaction,
          "DELETE FROM " + sql.agreementTable() + " WHERE baseline = :id AND number < :n",
          id,
          number);
    }
  }

  private static void update(Handle transaction, String statement, int id, int number) {
    transaction.createUpdate(statement).bind("id", id).bind("n", number).execute();
  }

  private void remove(Handle transaction, int id) {
    transaction.execute("DELETE FROM " + sql.baseTable() + " WHERE baseline = ?", id);
    transaction.execute("DELETE FROM " + sql.agreementTable() + " WHERE baseline = ?", id);
    transaction.execute("DELETE FROM " + sql.baselineTable() + " WHERE id = ?", id);
  }

  private int nextId(Handle transaction) {
    return transaction
        .createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM " + sql.baselineTable())
        .mapTo(Integer.class)
        .one();
  }

  /**
   * More than one where several databases are called the same, as each developer's may be: each
   * finds its own by the runs it has.
   */
  private List<Row> rows(Handle handle, String peer, SyncTable table) {
    return rows(handle).stream()
        .filter(r -> r.peer().equals(peer) && r.table().equals(table.id().toString()))
        .toList();
  }

  /** Makes room for another. */
  private void forgetOldest(Handle transaction, List<Row> rows) {
    List<Integer> latestFirst =
        chain(transaction).stream().map(Agreement::baseline).distinct().toList();
    rows.stream()
        .sorted(Comparator.comparing((Row row) -> latestFirst.indexOf(row.id())))
        .skip(DATABASES - 1L)
        .forEach(row -> remove(transaction, row.id()));
  }

  private List<Row> rows(Handle handle) {
    return handle
        .createQuery("SELECT id, peer, name, matched, digested FROM " + sql.baselineTable())
        .map(
            (r, c) ->
                new Row(
                    r.getInt(1),
                    r.getString(2),
                    r.getString(3),
                    r.getString(4),
                    Names.list(r.getString(5))))
        .list();
  }

  /** All agreements, the latest first. */
  private List<Agreement> chain(Handle handle) {
    return handle
        .createQuery(
            "SELECT baseline, number, run FROM "
                + sql.agreementTable()
                + " ORDER BY agreed_at DESC, number DESC")
        .map((r, c) -> new Agreement(r.getInt(1), r.getInt(2), r.getString(3)))
        .list();
  }

  private boolean isComplete(Handle handle) {
    return handle.createQuery(sql.isComplete()).mapTo(Boolean.class).one();
  }

  /** What entries are found by; others of it can't be told from each other. */
  private String matched(Handle handle, SyncTable table) {
    List<String> words = new ArrayList<>(List.of(baseline.format(handle, table)));
    words.addAll(table.match().stream().map(Baselines::word).collect(Collectors.toList()));
    return Names.text(words);
  }

  private static String word(Column column) {
    return column.name() + " " + column.type();
  }
}
