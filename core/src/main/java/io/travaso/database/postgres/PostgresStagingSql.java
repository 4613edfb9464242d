package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.equal;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedKeyText;
import static io.travaso.database.postgres.PostgresRows.stagedValue;

import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that make the staged rows of a table and look at them. */
final class PostgresStagingSql {
  private final SyncTable table;

  PostgresStagingSql(SyncTable table) {
    this.table = table;
  }

  String create(String staging) {
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
        String alias = "f" + index;
        sources.add(quote(reference.target()) + " AS " + alias);
        for (int k = 0; k < reference.match().size(); k++) {
          selected.add(
              alias
                  + "."
                  + quote(reference.match().get(k).name())
                  + " AS "
                  + SyncTable.referenceName(index, k));
        }
      }
      index++;
    }
    return "CREATE TEMPORARY TABLE "
        + quote(staging)
        + " AS SELECT "
        + String.join(", ", selected)
        + " FROM "
        + String.join(", ", sources)
        + " WITH NO DATA";
  }

  String resolve(String raw, String staging) {
    StringBuilder selected = new StringBuilder("s.*");
    StringBuilder joins = new StringBuilder();
    int index = table.primaryKey().size();
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null) {
        selected
            .append(", ")
            .append(found(reference, index))
            .append(" AS ")
            .append(SyncTable.stagingName(index));
        joins.append(join(reference, index));
      }
      index++;
    }
    return "CREATE TEMPORARY TABLE "
        + quote(staging)
        + " AS SELECT "
        + selected
        + " FROM "
        + staged(raw)
        + joins;
  }

  /** The target's row of a reference. */
  private static String join(Reference reference, int index) {
    return " LEFT JOIN "
        + quote(reference.target())
        + " AS f"
        + index
        + " ON "
        + IntStream.range(0, reference.match().size())
            .mapToObj(
                k -> {
                  Column match = reference.match().get(k);
                  return equal(
                      match,
                      "f" + index + "." + quote(match.name()),
                      "s." + SyncTable.referenceName(index, k));
                })
            .collect(Collectors.joining(" AND "));
  }

  /** What the referencing column is to hold. */
  private static String found(Reference reference, int index) {
    String found = "f" + index + "." + quote(reference.targetColumn().name());
    return reference.missing() instanceof Reference.Use use
        ? "CASE WHEN %1$s IS NULL AND %2$s THEN %3$s ELSE %1$s END"
            .formatted(found, refers(index), literal(use.id()))
        : found;
  }

  private static String refers(int index) {
    return "s." + SyncTable.referenceName(index, 0) + " IS NOT NULL";
  }

  String withoutKey(String staging) {
    return "SELECT count(*) FROM "
        + staged(staging)
        + " WHERE "
        + table.match().stream()
            .map(c -> stagedValue(table, c) + " IS NULL")
            .collect(Collectors.joining(" OR "));
  }

  String duplicates(String staging, int limit) {
    List<Column> match = table.match();
    String keys =
        IntStream.range(0, match.size())
            .mapToObj(i -> stagedValue(table, match.get(i)) + " AS k" + i)
            .collect(Collectors.joining(", "));
    String grouped =
        match.stream().map(c -> stagedValue(table, c)).collect(Collectors.joining(", "));
    return "SELECT "
        + stagedKeyText(table)
        + " FROM "
        + staged(staging)
        + " JOIN (SELECT "
        + keys
        + " FROM "
        + staged(staging)
        + " GROUP BY "
        + grouped
        + " HAVING count(*) > 1) AS d ON "
        + PostgresRows.diffMatchesStaged(table)
        + " LIMIT "
        + limit;
  }

  String missingReferences(Field field, Reference reference, String staging, int limit) {
    int index = index(field);
    List<String> natural =
        IntStream.range(0, reference.match().size())
            .mapToObj(k -> "s." + SyncTable.referenceName(index, k))
            .toList();
    return "SELECT "
        + stagedKeyText(table)
        + ", "
        + PostgresRows.keyText(natural)
        + " FROM "
        + staged(staging)
        + " WHERE "
        + refers(index)
        + " AND s."
        + SyncTable.stagingName(index)
        + " IS NULL LIMIT "
        + limit;
  }

  String movedReferences(Field field, Reference reference, String staging, int limit) {
    int index = index(field);
    return "SELECT "
        + stagedKeyText(table)
        + " FROM "
        + staged(staging)
        + join(reference, index)
        + " WHERE "
        + refers(index)
        + " AND s."
        + SyncTable.stagingName(index)
        + "::text IS DISTINCT FROM ("
        + found(reference, index)
        + ")::text LIMIT "
        + limit;
  }

  private int index(Field field) {
    return table.primaryKey().size() + table.fields().indexOf(field);
  }
}
