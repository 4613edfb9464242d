package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.backup.PgDump;
import io.travaso.database.ConnectionSettings;
import io.travaso.file.PartFile;
import io.travaso.table.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A PostgreSQL database beside another one. */
final class PostgresBeside implements Beside {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  private final Replacement replacement;
  private final BesideNames names;
  private final String purpose;
  private final int serverMajor;
  private boolean swapped;

  private PostgresBeside(
      Replacement replacement, BesideNames names, String purpose, int serverMajor) {
    this.replacement = replacement;
    this.names = names;
    this.purpose = purpose;
    this.serverMajor = serverMajor;
  }

  static PostgresBeside create(Replacement replacement, String purpose) {
    String database = replacement.database();
    BesideNames names = BesideNames.of(database, purpose);
    try (Sql door = PostgresDoor.open(replacement)) {
      PostgresProperties properties = PostgresProperties.of(door, database);
      PostgresRights.require(door, database, properties.owner(), replacement.maintenance().user());
      tellLeftovers(door, replacement);
      String name = door.quote(names.fresh());
      String doing = "Making the database " + names.fresh();
      door.run(doing, "CREATE DATABASE " + name + properties.creation());
      int major =
          Integer.parseInt(
                  door.column(doing, "SELECT current_setting('server_version_num')").get(0))
              / 10000;
      PostgresBeside beside = new PostgresBeside(replacement, names, purpose, major);
      Optional<SQLException> unmarked =
          door.tried(
              "COMMENT ON DATABASE %s IS %s"
                  .formatted(name, door.literal(BesideNames.freshMark(database, purpose))));
      if (unmarked.isPresent()) {
        beside.close();
        throw door.explain(doing, unmarked.get());
      }
      return beside;
    }
  }

  private static void tellLeftovers(Sql door, Replacement replacement) {
    for (List<String> left :
        door.rows(
            "Looking for what earlier runs left",
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database ORDER BY 1")) {
      for (String mark : BesideNames.marks(replacement.database())) {
        if (left.get(1).startsWith(mark)) {
          replacement
              .progress()
              .tells(
                  "%s is there (%s): if no other run is at work and you don't need it, DROP DATABASE %s"
                      .formatted(left.get(0), left.get(1), door.quote(left.get(0))));
        }
      }
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
    new PostgresLoad(replacement, tool(settings()), settings(), serverMajor).load(dump, owners);
  }

  private PgDump tool(ConnectionSettings database) {
    return PgDump.find(database, replacement.tools(), serverMajor, LOCK_WAIT);
  }

  @Override
  public Map<TableId, Long> rows() {
    Map<TableId, Long> rows = new TreeMap<>();
    try (Sql sql = Sql.connect(settings())) {
      sql.run("Counting rows", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      for (List<String> table :
          sql.rows(
              "Looking for tables",
              """
              SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
                 AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'travaso')\
              """)) {
        TableId id = new TableId(table.get(0), table.get(1));
        String count =
            "SELECT count(*) FROM " + sql.quote(id.schema()) + "." + sql.quote(id.name());
        rows.put(id, Long.valueOf(sql.column("Counting the rows of " + id, count).get(0)));
      }
    }
    return rows;
  }

  @Override
  public Map<TableId, Long> sequences() {
    Map<TableId, Long> sequences = new TreeMap<>();
    try (Sql sql = Sql.connect(settings())) {
      for (List<String> row :
          sql.rows(
              "Reading the sequences",
              "SELECT schemaname, sequencename, last_value FROM pg_sequences"
                  + " WHERE last_value IS NOT NULL AND schemaname <> 'travaso'")) {
        sequences.put(new TableId(row.get(0), row.get(1)), Long.valueOf(row.get(2)));
      }
    }
    return sequences;
  }

  @Override
  public void swap() {
    if (swapped) {
      throw new IllegalStateException("swapped already");
    }
    PostgresSwap swap = new PostgresSwap(replacement, names, purpose);
    try (Sql sql = Sql.connect(settings())) {
      sql.run("Gathering statistics of " + names.fresh(), "ANALYZE");
    }
    try (Sql door = PostgresDoor.open(replacement)) {
      swap.requireFree(door);
      carryLedger();
      swap.run(door);
      swapped = true;
    }
  }

  /**
   * What the ledger keeps of rows: what they were before runs, and what was agreed on. It is of the
   * database that goes, and says nothing of the one that comes.
   */
  private static final List<String> OF_ROWS = List.of("before", "baseline", "agreement", "base");

  /** A dump leaves the ledger out, for it tells what was done to the database since. */
  private void carryLedger() {
    ConnectionSettings old = replacement.to(replacement.database());
    try (Sql sql = Sql.connect(old)) {
      if (sql.rows("Looking for the ledger", "SELECT 1 FROM pg_namespace WHERE nspname = 'travaso'")
          .isEmpty()) {
        return;
      }
    }
    try (Sql sql = Sql.connect(settings())) {
      sql.run("Making room for the ledger", "DROP SCHEMA IF EXISTS travaso CASCADE");
    }
    try {
      Path file = Files.createTempFile("travaso-ledger-", ".dump");
      try {
        List<String> what = new ArrayList<>(List.of("--schema=travaso"));
        OF_ROWS.forEach(table -> what.add("--exclude-table-data=travaso." + table));
        tool(old).dump(file, what);
        new PostgresLoad(replacement, tool(settings()), settings(), serverMajor)
            .load(file, Owners.AS_DUMPED);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not carry the ledger of " + replacement.database() + ": " + PartFile.reason(e),
          "",
          e);
    }
  }

  @Override
  public void close() {
    String left = swapped ? names.old() : names.fresh();
    try (Sql door = PostgresDoor.open(replacement)) {
      PostgresSessions.end(door, left);
      String drop = "DROP DATABASE IF EXISTS " + door.quote(left);
      Optional<SQLException> failure = door.tried(drop);
      if (failure.isPresent()) {
        tellLeft(left, drop, door.explain("Dropping it", failure.get()).what());
      }
    } catch (SyncException e) {
      tellLeft(left, "DROP DATABASE \"" + left.replace("\"", "\"\"") + "\"", e.what());
    }
  }

  private void tellLeft(String left, String drop, String why) {
    replacement
        .progress()
        .tells("The database " + left + " could not be dropped (" + why + "). Run: " + drop);
  }
}
