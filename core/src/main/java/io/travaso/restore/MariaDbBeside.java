package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.backup.MariaDbClient;
import io.travaso.backup.MariaDbScript;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.mariadb.MariaDbDumpSql;
import io.travaso.table.TableId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A MariaDB database beside another one. */
final class MariaDbBeside implements Beside {
  /** What tables of MariaDB are under in our own names: there are no schemas. */
  private static final String SCHEMA = "public";

  private final Replacement replacement;
  private final BesideNames names;
  private final MariaDbClient client;
  private @Nullable MariaDbScript definitions;
  private boolean swapped;

  private MariaDbBeside(Replacement replacement, BesideNames names, MariaDbClient client) {
    this.replacement = replacement;
    this.names = names;
    this.client = client;
  }

  static MariaDbBeside create(Replacement replacement, String purpose) {
    String database = replacement.database();
    BesideNames names = BesideNames.of(database, purpose);
    try (Sql sql = Sql.connect(replacement.maintenance())) {
      MariaDbRights.require(sql, database, names);
      MariaDbClient client = MariaDbClient.find(replacement.tools());
      new MariaDbRepair(replacement, client).run(sql);
      sql.run(
          "Making the database " + names.fresh(), MariaDbSwap.like(sql, database, names.fresh()));
      return new MariaDbBeside(replacement, names, client);
    }
  }

  @Override
  public ConnectionSettings settings() {
    return replacement.to(swapped ? replacement.database() : names.fresh());
  }

  @Override
  public String oldName() {
    return names.old();
  }

  @Override
  public void load(Path dump, Owners owners) {
    requireOldEnough(dump);
    definitions =
        client.load(
            dump,
            settings(),
            switch (owners) {
              case AS_DUMPED -> null;
              case USUAL -> usualAccount();
            });
  }

  private void requireOldEnough(Path dump) {
    int taken = MariaDbClient.serverMajor(dump);
    try (Database database = Database.open(replacement.maintenance())) {
      int here =
          database.with("Asking the server's version", database.dialect()::serverFacts).major();
      if (taken > here) {
        throw SyncException.refused(
            "%s was taken from MariaDB %s, and this server is %s, which may not understand it"
                .formatted(dump.getFileName(), version(taken), version(here)),
            "Restore it into MariaDB " + version(taken) + " or newer.");
      }
    }
  }

  private static String version(int major) {
    return major / 100 + "." + major % 100;
  }

  private String usualAccount() {
    try (Sql sql = Sql.connect(replacement.usual())) {
      return MariaDbDumpSql.account(sql.handle());
    }
  }

  @Override
  public Map<TableId, Long> rows() {
    Map<TableId, Long> rows = new TreeMap<>();
    try (Sql sql = Sql.connect(settings())) {
      for (String table :
          sql.column(
              "Looking for tables",
              "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND"
                  + " TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_NAME NOT LIKE"
                  + " 'travaso\\_%'")) {
        rows.put(
            new TableId(SCHEMA, table),
            Long.valueOf(
                sql.column(
                        "Counting the rows of " + table, "SELECT COUNT(*) FROM " + sql.quote(table))
                    .get(0)));
      }
    }
    return rows;
  }

  @Override
  public Map<TableId, Long> sequences() {
    Map<TableId, Long> sequences = new TreeMap<>();
    try (Sql sql = Sql.connect(settings())) {
      for (String name :
          sql.column(
              "Looking for sequences",
              "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND"
                  + " TABLE_TYPE = 'SEQUENCE'")) {
        List<String> row =
            sql.rows(
                    "Reading the sequence " + name,
                    "SELECT next_not_cached_value, start_value, increment FROM " + sql.quote(name))
                .get(0);
        long next = Long.parseLong(row.get(0));
        if (next != Long.parseLong(row.get(1))) {
          sequences.put(new TableId(SCHEMA, name), next - Long.parseLong(row.get(2)));
        }
      }
    }
    return sequences;
  }

  @Override
  public void swap() {
    if (swapped) {
      throw new IllegalStateException("swapped already");
    }
    // Where nothing was loaded by a dump, whoever filled it has made it all.
    MariaDbScript after = definitions == null ? client.definitions(settings()) : definitions;
    MariaDbSwap swap = new MariaDbSwap(replacement, names, client);
    try (Sql sql = Sql.connect(replacement.to("information_schema"))) {
      swap.requireFree(sql);
      swap.run(sql, after);
      swapped = true;
    }
  }

  @Override
  public void close() {
    try (Sql sql = Sql.connect(replacement.maintenance())) {
      if (!swapped && !MariaDbJournal.find(sql, names.fresh()).isEmpty()) {
        // A swap that could neither be finished nor taken back needs what is in it.
        return;
      }
      drop(sql, names.fresh());
      drop(sql, names.old());
    } catch (SyncException e) {
      tellLeft(swapped ? names.old() : names.fresh(), e.what());
    }
  }

  private void drop(Sql sql, String name) {
    Optional<SQLException> failure = sql.tried("DROP DATABASE IF EXISTS " + sql.quote(name));
    failure.ifPresent(e -> tellLeft(name, sql.explain("Dropping it", e).what()));
  }

  private void tellLeft(String left, String why) {
    replacement
        .progress()
        .tells(
            "The database %s could not be dropped (%s). Run: DROP DATABASE `%s`"
                .formatted(left, why, left.replace("`", "``")));
  }
}
