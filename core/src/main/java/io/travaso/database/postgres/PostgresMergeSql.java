package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.MergeSql;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.ForeignKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The merge in PostgreSQL's SQL. */
final class PostgresMergeSql implements MergeSql {

  @Override
  public String createStaging(SyncTable table, String staging) {
    // Made of the columns themselves, so that type, modifiers and collation are the target's own.
    List<String> selected = new ArrayList<>();
    List<String> sources = new ArrayList<>(List.of(relation(table.table()) + " AS t"));
    int index = 0;
    for (Column column : table.primaryKey()) {
      selected.add("t." + quote(column.name()) + " AS " + SyncTable.stagingName(index++));
    }
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference == null) {
        selected.add("t." + quote(field.column().name()) + " AS " + SyncTable.stagingName(index));
      } else {
        sources.add(quote(reference.target()) + " AS f" + index);
        for (int k = 0; k < reference.match().size(); k++) {
          selected.add(
              "f"
                  + index
                  + "."
                  + quote(reference.match().get(k).name())
                  + " AS "
                  + SyncTable.referenceName(index, k));
        }
      }
      index++;
    }
    return "CREATE TEMPORARY TABLE "
        + staging
        + " AS SELECT "
        + String.join(", ", selected)
        + " FROM "
        + String.join(", ", sources)
        + " WITH NO DATA";
  }

  @Override
  public String resolveReferences(SyncTable table, String raw, String staging) {
    StringBuilder selected = new StringBuilder("s.*");
    StringBuilder joins = new StringBuilder();
    int index = table.primaryKey().size();
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null) {
        String alias = "f" + index;
        String found = alias + "." + quote(reference.targetColumn().name());
        selected
            .append(", ")
            .append(
                reference.missing() instanceof Reference.Use use
                    ? orElse(found, index, use)
                    : found)
            .append(" AS ")
            .append(SyncTable.stagingName(index));
        joins.append(" LEFT JOIN ").append(quote(reference.target())).append(" AS ").append(alias);
        joins.append(" ON ").append(naturalKeyEqual(reference, alias, index));
      }
      index++;
    }
    return "CREATE TEMPORARY TABLE "
        + staging
        + " AS SELECT "
        + selected
        + " FROM "
        + temp(raw)
        + joins;
  }

  private static String orElse(String found, int index, Reference.Use use) {
    return "CASE WHEN "
        + found
        + " IS NULL AND s."
        + SyncTable.referenceName(index, 0)
        + " IS NOT NULL THEN "
        + literal(use.id())
        + " ELSE "
        + found
        + " END";
  }

  private static String naturalKeyEqual(Reference reference, String alias, int index) {
    return IntStream.range(0, reference.match().size())
        .mapToObj(
            k ->
                alias
                    + "."
                    + quote(reference.match().get(k).name())
                    + " = s."
                    + SyncTable.referenceName(index, k))
        .collect(Collectors.joining(" AND "));
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
  public String duplicates(SyncTable table, String staging, int limit) {
    String keys = staged(table, table.match());
    return "SELECT "
        + keyText(table, "s")
        + " FROM "
        + temp(staging)
        + " WHERE ("
        + keys
        + ") IN (SELECT "
        + keys
        + " FROM "
        + temp(staging)
        + " GROUP BY "
        + keys
        + " HAVING count(*) > 1) LIMIT "
        + limit;
  }

  @Override
  public String missingReferences(
      SyncTable table, int field, Reference reference, String staging, int limit) {
    int index = table.primaryKey().size() + field;
    String natural =
        IntStream.range(0, reference.match().size())
            .mapToObj(k -> "s." + SyncTable.referenceName(index, k) + "::text")
            .collect(Collectors.joining(", "));
    return "SELECT "
        + keyText(table, "s")
        + ", concat_ws(', ', "
        + natural
        + ") FROM "
        + temp(staging)
        + " WHERE s."
        + SyncTable.referenceName(index, 0)
        + " IS NOT NULL AND s."
        + SyncTable.stagingName(index)
        + " IS NULL LIMIT "
        + limit;
  }

  @Override
  public String missingParents(SyncTable table, ForeignKey key, String staging, int limit) {
    List<String> present = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      Column column = table.table().requiredColumn(key.columns().get(i));
      String value = "s." + table.stagingName(column);
      present.add(value + " IS NOT NULL");
      equal.add("p." + quote(key.targetColumns().get(i)) + " = " + value);
    }
    return "SELECT "
        + keyText(table, "s")
        + " FROM "
        + temp(staging)
        + " WHERE "
        + String.join(" AND ", present)
        + " AND NOT EXISTS (SELECT FROM "
        + quote(key.target())
        + " AS p WHERE "
        + String.join(" AND ", equal)
        + ") LIMIT "
        + limit;
  }

  @Override
  public List<String> diff(SyncTable table, String staging, String diff, boolean deletes) {
    String missing = "t." + quote(table.match().get(0).name()) + " IS NULL";
    String differs = differs(table);
    String digest = "hashtextextended(ROW(t.*)::text COLLATE \"C\", 0)";
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TEMPORARY TABLE "
            + diff
            + " AS SELECT "
            + keys(table, column -> "s." + table.stagingName(column))
            + ", CASE WHEN "
            + missing
            + " THEN 'c' ELSE 'u' END AS kind, CASE WHEN "
            + missing
            + " THEN 0 ELSE "
            + digest
            + " END AS digest FROM "
            + temp(staging)
            + " LEFT JOIN "
            + relation(table.table())
            + " AS t ON "
            + keysEqual(table)
            + " WHERE "
            + missing
            + (differs.isEmpty() ? "" : " OR " + differs));
    if (deletes) {
      statements.add(
          "INSERT INTO pg_temp."
              + diff
              + " SELECT "
              + keys(table, column -> "t." + quote(column.name()))
              + ", 'd', "
              + digest
              + " FROM "
              + relation(table.table())
              + " AS t WHERE NOT EXISTS (SELECT FROM "
              + temp(staging)
              + " WHERE "
              + keysEqual(table)
              + ")");
    }
    return statements;
  }

  @Override
  public String diffSummary(SyncTable table, String diff) {
    // A sum, not XOR: equal pairs must not cancel each other.
    return "SELECT kind, count(*), sum(hashtextextended(ROW("
        + diffKeys(table)
        + ")::text COLLATE \"C\", digest))::text FROM pg_temp."
        + diff
        + " GROUP BY kind";
  }

  @Override
  public String count(TableId table, Table definition) {
    return "SELECT count(*) FROM " + relation(definition);
  }

  @Override
  public String referencedFromOutside(
      SyncTable table, ForeignKey key, Table outside, String diff, int limit) {
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      equal.add("o." + quote(key.columns().get(i)) + " = t." + quote(key.targetColumns().get(i)));
    }
    List<String> shown = outside.primaryKey().isEmpty() ? key.columns() : outside.primaryKey();
    String shownText =
        shown.stream().map(c -> "o." + quote(c) + "::text").collect(Collectors.joining(", "));
    return "SELECT concat_ws(', ', "
        + shownText
        + ") FROM "
        + relation(outside)
        + " AS o JOIN "
        + relation(table.table())
        + " AS t ON "
        + String.join(" AND ", equal)
        + " JOIN pg_temp."
        + diff
        + " AS d ON "
        + diffMatchesTarget(table)
        + " WHERE d.kind = 'd' LIMIT "
        + limit;
  }

  @Override
  public List<String> lock(List<TableId> tables, Duration wait) {
    // The timeout holds for the whole transaction: waiting for a row while others wait for our
    // tables
    // would block the application for longer.
    return List.of(
        "SET LOCAL lock_timeout = " + wait.toMillis(),
        "LOCK TABLE "
            + tables.stream().map(PostgresNames::quote).collect(Collectors.joining(", "))
            + " IN SHARE ROW EXCLUSIVE MODE");
  }

  @Override
  public String apply(List<Work> work) {
    return new PostgresApply(this, work).statement();
  }

  @Override
  public String checkConstraints() {
    return "SET CONSTRAINTS ALL IMMEDIATE";
  }

  @Override
  public String unequal(SyncTable table, String staging, String diff, int limit) {
    String differs = differs(table);
    String keyText = "concat_ws(', ', " + diffKeys(table).replace(",", "::text,") + "::text)";
    return "SELECT "
        + keyText
        + " FROM pg_temp."
        + diff
        + " AS d JOIN "
        + temp(staging)
        + " ON "
        + diffMatchesStaged(table)
        + " LEFT JOIN "
        + relation(table.table())
        + " AS t ON "
        + keysEqual(table)
        + " WHERE d.kind IN ('c', 'u') AND (t."
        + quote(table.match().get(0).name())
        + " IS NULL"
        + (differs.isEmpty() ? "" : " OR " + differs)
        + ") UNION ALL SELECT "
        + keyText
        + " FROM pg_temp."
        + diff
        + " AS d WHERE d.kind = 'd' AND EXISTS (SELECT FROM "
        + relation(table.table())
        + " AS t WHERE "
        + diffMatchesTarget(table)
        + ") LIMIT "
        + limit;
  }

  @Override
  public String advanceSequence(Table table, Column column, TableId sequence) {
    return """
        SELECT setval(q.seqrelid::regclass, CASE WHEN q.seqincrement > 0
                 THEN least(c.highest, q.seqmax) ELSE greatest(c.lowest, q.seqmin) END)
          FROM pg_catalog.pg_sequence AS q,
               %1$s AS s,
               (SELECT max(%2$s)::bigint AS highest, min(%2$s)::bigint AS lowest FROM %3$s) AS c
         WHERE q.seqrelid = %4$s::regclass
           AND CASE WHEN q.seqincrement > 0
                 THEN c.highest > s.last_value OR c.highest = s.last_value AND NOT s.is_called
                 ELSE c.lowest < s.last_value OR c.lowest = s.last_value AND NOT s.is_called END
        """
        .formatted(
            quote(sequence), quote(column.name()), relation(table), literal(quote(sequence)));
  }

  @Override
  public String writtenSince(Table table, String runId) {
    // A run's own row in the ledger was last written by the run's transaction.
    return "SELECT count(*) FROM "
        + relation(table)
        + " AS t, "
        + PostgresLedgerSql.RUN
        + " AS r WHERE r.id = "
        + literal(runId)
        + " AND age(t.xmin) < age(r.xmin)";
  }

  /**
   * The written columns that an update sets: all but those that are equal because rows match by
   * them.
   */
  List<Column> updated(SyncTable table) {
    return table.written().stream()
        .filter(c -> !(table.match().contains(c) && c.exactEquality()) && !c.identityAlways())
        .toList();
  }

  /**
   * Whether any value differs; a type whose equality forgives different texts is compared as text.
   */
  private String differs(SyncTable table) {
    return table.written().stream()
        .filter(c -> !(table.match().contains(c) && c.exactEquality()))
        .map(
            c -> {
              String target = "t." + quote(c.name());
              String staged = "s." + table.stagingName(c);
              return c.exactEquality()
                  ? target + " IS DISTINCT FROM " + staged
                  : target
                      + "::text COLLATE \"C\" IS DISTINCT FROM "
                      + staged
                      + "::text COLLATE \"C\"";
            })
        .collect(Collectors.joining(" OR "));
  }

  static String temp(String table) {
    return "pg_temp." + quote(table) + " AS s";
  }

  static String keysEqual(SyncTable table) {
    return table.match().stream()
        .map(c -> "t." + quote(c.name()) + " = s." + table.stagingName(c))
        .collect(Collectors.joining(" AND "));
  }

  static String diffMatchesStaged(SyncTable table) {
    return matches(table, column -> "s." + table.stagingName(column));
  }

  static String diffMatchesTarget(SyncTable table) {
    return matches(table, column -> "t." + quote(column.name()));
  }

  private interface Expression {
    String of(Column column);
  }

  private static String matches(SyncTable table, Expression other) {
    return IntStream.range(0, table.match().size())
        .mapToObj(i -> "d.k" + i + " = " + other.of(table.match().get(i)))
        .collect(Collectors.joining(" AND "));
  }

  private static String keys(SyncTable table, Expression expression) {
    return IntStream.range(0, table.match().size())
        .mapToObj(i -> expression.of(table.match().get(i)) + " AS k" + i)
        .collect(Collectors.joining(", "));
  }

  private static String diffKeys(SyncTable table) {
    return IntStream.range(0, table.match().size())
        .mapToObj(i -> "k" + i)
        .collect(Collectors.joining(", "));
  }

  private static String staged(SyncTable table, List<Column> columns) {
    return columns.stream().map(table::stagingName).collect(Collectors.joining(", "));
  }

  /** A staged row's key for people; a key that is a reference by its natural key. */
  private static String keyText(SyncTable table, String alias) {
    List<String> names = new ArrayList<>();
    for (Column column : table.match()) {
      int index = table.written().indexOf(column);
      int field = index - table.primaryKey().size();
      Reference reference = field < 0 ? null : table.fields().get(field).reference();
      if (reference == null) {
        names.add(SyncTable.stagingName(index));
      } else {
        IntStream.range(0, reference.match().size())
            .forEach(k -> names.add(SyncTable.referenceName(index, k)));
      }
    }
    return "concat_ws(', ', "
        + names.stream().map(n -> alias + "." + n + "::text").collect(Collectors.joining(", "))
        + ")";
  }
}
