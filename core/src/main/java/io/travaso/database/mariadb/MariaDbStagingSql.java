package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedKeyText;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;

import io.travaso.database.MergeSql.Lookups;
import io.travaso.table.Column;
import io.travaso.table.ColumnRule;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that make the staged rows of a table and look at them. */
final class MariaDbStagingSql {
  private static final Pattern CHARACTERS = Pattern.compile("(?:var)?char\\((\\d+)\\)");

  /** The types of text without a length, and how many bytes they hold; longtext holds all. */
  private static final Map<String, Integer> BYTES =
      Map.of("tinytext", 255, "text", 65_535, "mediumtext", 16_777_215);

  private final SyncTable table;

  MariaDbStagingSql(SyncTable table) {
    this.table = table;
  }

  /** Makes the table that is loaded into. */
  String create(String staging) {
    MariaDbStaged made = new MariaDbStaged().from(quote(table.id()), "t");
    int index = 0;
    for (Column column : table.primaryKey()) {
      made.column(SyncTable.stagingName(index++), column, "t." + quote(column.name()));
    }
    for (Field field : table.fields()) {
      carried(made, field, index++);
    }
    IntStream.range(0, table.links().size()).forEach(m -> made.document(SyncTable.linksName(m)));
    if (!table.isResolved()) {
      made.index(index(table.match()));
    }
    return made.create(staging);
  }

  /** Makes a table for keys, as a diff has them. */
  String createKeys(String keys) {
    MariaDbStaged made = new MariaDbStaged().from(quote(table.id()), "t");
    for (int i = 0; i < table.match().size(); i++) {
      Column column = table.match().get(i);
      made.column("k" + i, column, "t." + quote(column.name()));
    }
    return made.create(keys);
  }

  private static void carried(MariaDbStaged made, Field field, int index) {
    Reference reference = field.reference();
    if (reference != null) {
      natural(made, reference, index);
    } else if (field.generic() != null) {
      made.document(SyncTable.referenceName(index, 0));
    } else if (field.isCarried()) {
      made.column(
          SyncTable.stagingName(index), field.column(), "t." + quote(field.column().name()));
    }
  }

  private static void natural(MariaDbStaged made, Reference reference, int index) {
    String alias = "f" + index;
    made.from(MariaDbNatural.rows(reference.naturalKey(), List.of()), alias);
    List<Column> columns = reference.match();
    for (int k = 0; k < columns.size(); k++) {
      made.column(SyncTable.referenceName(index, k), columns.get(k), alias + ".n" + k);
    }
  }

  private String index(List<Column> columns) {
    return MariaDbStaged.index(columns, columns.stream().map(table::stagingName).toList());
  }

  /** Makes the staged rows of those that were loaded: a table of the columns' types, filled. */
  List<String> resolve(String raw, String staging, Lookups lookups) {
    MariaDbStaged made = new MariaDbStaged().from(quote(table.id()), "t");
    Map<String, String> values = new LinkedHashMap<>();
    StringBuilder joins = new StringBuilder();
    StringBuilder hint = new StringBuilder();
    int index = 0;
    for (Column column : table.primaryKey()) {
      written(made, values, index, column, "s." + SyncTable.stagingName(index));
      index++;
    }
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null) {
        natural(made, reference, index);
        for (int k = 0; k < reference.match().size(); k++) {
          String name = SyncTable.referenceName(index, k);
          values.put(name, "s." + name);
        }
        MariaDbLookup lookup = new MariaDbLookup(field.column(), reference, index, lookups);
        joins.append(lookup.join());
        hint.append(hint.isEmpty() ? lookup.hint() : "");
        written(made, values, index, field.column(), lookup.found());
      } else if (field.generic() != null) {
        String name = SyncTable.referenceName(index, 0);
        made.document(name);
        values.put(name, "s." + name);
        MariaDbGeneric generic = new MariaDbGeneric(table, field, lookups);
        joins.append(generic.join());
        written(made, values, index, field.column(), generic.found());
      } else if (field.rule() instanceof ColumnRule.Rewrite) {
        rewritten(made, values, index, field, lookups);
      } else {
        written(made, values, index, field.column(), value(field, index));
      }
      index++;
    }
    Column own = table.ownId();
    if (own != null) {
      made.column(SyncTable.OWN_ID, own, "t." + quote(own.name())).index(index(List.of(own)));
      values.put(SyncTable.OWN_ID, "o." + SyncTable.OWN_ID);
      joins.append(MariaDbOwnIds.join(table, lookups.requiredIds(table.id())));
      hint.append(hint.isEmpty() ? MariaDbNatural.hint(table.naturalKey()) : "");
    }
    made.index(index(table.match()));
    return List.of(
        made.create(staging),
        hint
            + "INSERT INTO "
            + quote(staging)
            + " ("
            + String.join(", ", values.keySet())
            + ") SELECT "
            + String.join(", ", values.values())
            + " FROM "
            + staged(raw)
            + joins);
  }

  private static void written(
      MariaDbStaged made, Map<String, String> values, int index, Column column, String value) {
    String name = SyncTable.stagingName(index);
    made.column(name, column, "t." + quote(column.name()));
    values.put(name, value);
  }

  /** A text that may become longer than its column. */
  private static void rewritten(
      MariaDbStaged made, Map<String, String> values, int index, Field field, Lookups lookups) {
    String name = SyncTable.stagingName(index);
    made.longer(name, "t." + quote(field.column().name()));
    values.put(
        name,
        MariaDbRewrite.of((ColumnRule.Rewrite) field.rule(), "s." + name, lookups.environment()));
  }

  private static String value(Field field, int index) {
    return field.rule() instanceof ColumnRule.KeepTarget keep && keep.otherwise() != null
        ? literal(keep.otherwise())
        : "s." + SyncTable.stagingName(index);
  }

  /** A reference that nobody answers to is not meant: that is told with what is missing. */
  String withoutKey(String staging) {
    return "SELECT COUNT(*) FROM "
        + staged(staging)
        + " WHERE "
        + table.match().stream().map(this::isNull).collect(Collectors.joining(" OR "));
  }

  private String isNull(Column column) {
    int index = table.written().indexOf(column);
    int field = index - table.primaryKey().size();
    Reference reference = field < 0 ? null : table.fields().get(field).reference();
    return reference == null
        ? MariaDbRows.isNull(stagedValue(table, column))
        : "NOT "
            + MariaDbNatural.present(
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
        + " FROM (SELECT SQL_BIG_RESULT "
        + keys
        + " FROM "
        + staged(staging)
        + " GROUP BY "
        + grouped
        + " HAVING COUNT(*) > 1) AS d JOIN "
        + staged(staging)
        + " ON "
        + MariaDbRows.diffMatchesStaged(table)
        + " LIMIT "
        + limit;
  }

  /** The rows whose text became too long for its column when its beginning was rewritten. */
  String tooLong(Field field, String staging, int limit) {
    String value = stagedValue(table, field.column());
    String type = field.column().type();
    Matcher characters = CHARACTERS.matcher(type);
    String condition =
        characters.matches()
            ? "CHAR_LENGTH(" + value + ") > " + characters.group(1)
            : BYTES.containsKey(type) ? "LENGTH(" + value + ") > " + BYTES.get(type) : "FALSE";
    return "SELECT %s FROM %s WHERE %s LIMIT %d"
        .formatted(stagedKeyText(table), staged(staging), condition, limit);
  }
}
