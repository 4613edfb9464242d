package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedKeyText;
import static io.travaso.database.postgres.PostgresRows.stagedValue;

import io.travaso.database.MergeSql.Lookups;
import io.travaso.table.Column;
import io.travaso.table.ColumnRule;
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

  String createKeys(String keys) {
    return "CREATE TEMPORARY TABLE %s AS SELECT %s FROM %s AS t WITH NO DATA"
        .formatted(
            quote(keys),
            PostgresRows.keys(table, PostgresRows::targetValue),
            relation(table.table()));
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
      if (reference != null) {
        String alias = "f" + index;
        sources.add(PostgresNatural.rows(reference.naturalKey(), List.of()) + " AS " + alias);
        for (int k = 0; k < reference.match().size(); k++) {
          selected.add(alias + ".n" + k + " AS " + SyncTable.referenceName(index, k));
        }
      } else if (field.generic() != null) {
        selected.add("NULL::jsonb AS " + SyncTable.referenceName(index, 0));
      } else if (field.isCarried()) {
        selected.add("t." + quote(field.column().name()) + " AS " + SyncTable.stagingName(index));
      }
      index++;
    }
    IntStream.range(0, table.links().size())
        .forEach(m -> selected.add("NULL::jsonb AS " + SyncTable.linksName(m)));
    return "CREATE TEMPORARY TABLE "
        + quote(staging)
        + " AS SELECT "
        + String.join(", ", selected)
        + " FROM "
        + String.join(", ", sources)
        + " WITH NO DATA";
  }

  String resolve(String raw, String staging, Lookups lookups) {
    List<String> selected = new ArrayList<>();
    StringBuilder joins = new StringBuilder();
    int index = 0;
    for (int i = 0; i < table.primaryKey().size(); i++) {
      selected.add("s." + SyncTable.stagingName(index++));
    }
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null) {
        for (int k = 0; k < reference.match().size(); k++) {
          selected.add("s." + SyncTable.referenceName(index, k));
        }
        PostgresLookup lookup = new PostgresLookup(reference, index, lookups);
        joins.append(lookup.join());
        selected.add(lookup.found() + " AS " + SyncTable.stagingName(index));
      } else if (field.generic() != null) {
        selected.add("s." + SyncTable.referenceName(index, 0));
        PostgresGeneric generic = new PostgresGeneric(table, field, lookups);
        joins.append(generic.join());
        selected.add(generic.found() + " AS " + SyncTable.stagingName(index));
      } else {
        selected.add(value(field, index, lookups) + " AS " + SyncTable.stagingName(index));
      }
      index++;
    }
    if (table.ownId() != null) {
      selected.add("o." + SyncTable.OWN_ID);
      joins.append(PostgresOwnIds.join(table, lookups.requiredIds(table.id())));
    }
    return "CREATE TEMPORARY TABLE "
        + quote(staging)
        + " AS SELECT "
        + String.join(", ", selected)
        + " FROM "
        + staged(raw)
        + joins;
  }

  private static String value(Field field, int index, Lookups lookups) {
    if (field.rule() instanceof ColumnRule.KeepTarget keep && keep.otherwise() != null) {
      return literal(keep.otherwise()) + "::" + field.column().type();
    }
    String value = "s." + SyncTable.stagingName(index);
    return field.rule() instanceof ColumnRule.Rewrite rewrite
        ? PostgresRewrite.of(rewrite, value, lookups.environment())
        : value;
  }

  /** A reference that nobody answers to is not meant: that is told with what is missing. */
  String withoutKey(String staging) {
    return "SELECT count(*) FROM "
        + staged(staging)
        + " WHERE "
        + table.match().stream().map(this::isNull).collect(Collectors.joining(" OR "));
  }

  private String isNull(Column column) {
    int index = table.written().indexOf(column);
    int field = index - table.primaryKey().size();
    Reference reference = field < 0 ? null : table.fields().get(field).reference();
    return reference == null
        ? PostgresRows.isNull(stagedValue(table, column))
        : "NOT "
            + PostgresNatural.present(
                reference.naturalKey(), k -> "s." + SyncTable.referenceName(index, k));
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

  /** The rows whose text became too long for its column when its beginning was rewritten. */
  String tooLong(Field field, String staging, int limit) {
    String value = stagedValue(table, field.column());
    return "SELECT %s FROM %s WHERE %s::%s::text <> %s::text LIMIT %d"
        .formatted(
            stagedKeyText(table), staged(staging), value, field.column().type(), value, limit);
  }
}
