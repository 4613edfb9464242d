package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.isNull;
import static io.travaso.database.mariadb.MariaDbRows.keyText;
import static io.travaso.database.mariadb.MariaDbRows.staged;

import io.travaso.database.mariadb.MariaDbRows.Value;
import io.travaso.table.Column;
import io.travaso.table.NaturalKey;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ids that the target gives the rows of a table that is matched by meaning: a temporary table
 * with the natural key {@code n0…}, the id {@code own} and {@code fresh}, whether the row is new.
 *
 * <p>A new row has a provisional id until the merge draws one: above all that are there and all
 * that AUTO_INCREMENT gave, so that it is nobody's, and constraints can be tried on it. A plan
 * moves no sequence. Whoever takes it until then changes what differs, and so the plan.
 */
final class MariaDbOwnIds {
  private final SyncTable table;
  private final NaturalKey key;
  private final Column id;
  private final List<Value> values;

  MariaDbOwnIds(SyncTable table) {
    this.table = table;
    this.key = table.naturalKey();
    this.id = Objects.requireNonNull(table.ownId());
    this.values = MariaDbRows.naturalKey(table);
  }

  private static IntFunction<String> sql(List<Value> values) {
    return k -> values.get(k).sql();
  }

  String create(String raw, String ids) {
    String named =
        IntStream.range(0, values.size())
            .mapToObj(k -> values.get(k).sql() + " AS n" + k)
            .collect(Collectors.joining(", "));
    List<String> definitions = new ArrayList<>(List.of(SyncTable.OWN_ID + " " + id.type()));
    String index =
        MariaDbStaged.index(
            values.stream().map(Value::column).toList(),
            IntStream.range(0, values.size()).mapToObj(k -> "n" + k).toList());
    if (!index.isEmpty()) {
      definitions.add(index);
    }
    return MariaDbNatural.hint(key)
        + MariaDbStaged.create(ids, definitions)
        + " AS SELECT "
        + named
        + ", CASE WHEN "
        + isNull("t.id0")
        + " THEN "
        + provisional()
        + " ELSE t.id0 END AS "
        + SyncTable.OWN_ID
        + ", "
        + isNull("t.id0")
        + " AS fresh FROM "
        + staged(raw)
        + " LEFT JOIN "
        + MariaDbNatural.rows(key, List.of(id))
        + " AS t ON "
        + MariaDbNatural.same(key, sql(values), k -> "t.n" + k);
  }

  private String provisional() {
    if (id.isUuid()) {
      // Version 4, variant 1; UUID() makes version 1, and UUID_V4() is there since 11.7 only.
      return "CAST(INSERT(INSERT(MD5(CONCAT(UUID(), RAND(), RAND())), 13, 1, '4'), 17, 1,"
          + " HEX(8 + FLOOR(RAND() * 4))) AS UUID)";
    }
    return "%s + ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s)"
        .formatted(
            highest(),
            isNull("t.id0"),
            values.stream().map(Value::sql).collect(Collectors.joining(", ")));
  }

  /** The highest id that is there or was given, 0 where there is none. */
  private String highest() {
    return "GREATEST((SELECT COALESCE(GREATEST(MAX(%s), 0), 0) FROM %s), %s)"
        .formatted(quote(id.name()), quote(table.id()), given());
  }

  private String given() {
    return "(SELECT COALESCE(MAX(AUTO_INCREMENT), 1) - 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s)"
        .formatted(literal(table.id().name()));
  }

  /** The natural keys that are loaded more than once. */
  String duplicates(String ids, int limit) {
    List<Value> stored = stored("");
    return "SELECT SQL_BIG_RESULT %s FROM %s GROUP BY %s HAVING COUNT(*) > 1 LIMIT %d"
        .formatted(
            keyText(stored),
            quote(ids),
            stored.stream().map(Value::sql).collect(Collectors.joining(", ")),
            limit);
  }

  /** The natural key's values in the temporary table of ids. */
  private List<Value> stored(String alias) {
    return IntStream.range(0, values.size())
        .mapToObj(k -> new Value(values.get(k).column(), alias + "n" + k))
        .toList();
  }

  /** The natural keys whose row in the target is another one by now, or came or went. */
  String moved(String ids, int limit) {
    List<Value> stored = stored("o.");
    return "%sSELECT %s FROM %s AS o LEFT JOIN %s AS t ON %s WHERE NOT (t.id0 <=> CASE WHEN o.fresh THEN NULL ELSE o.%s END) LIMIT %d"
        .formatted(
            MariaDbNatural.hint(key),
            keyText(stored),
            quote(ids),
            MariaDbNatural.rows(key, List.of(id)),
            MariaDbNatural.same(key, sql(stored), k -> "t.n" + k),
            SyncTable.OWN_ID,
            limit);
  }

  /** Joins the ids to loaded rows. */
  static String join(SyncTable table, String ids) {
    return " LEFT JOIN "
        + quote(ids)
        + " AS o ON "
        + MariaDbNatural.same(
            table.naturalKey(), sql(MariaDbRows.naturalKey(table)), k -> "o.n" + k);
  }

  /** Draws the ids of the new rows, in the order of their keys. */
  String draw(String ids, String drawn) {
    TableId sequence = id.sequence();
    if (sequence == null) {
      throw new IllegalStateException(table.id() + " has no sequence");
    }
    // Under the locks nobody adds a row; what AUTO_INCREMENT gave to rows that wait is passed over.
    String next =
        sequence.equals(table.id())
            ? highest() + " + ROW_NUMBER() OVER (ORDER BY own)"
            : "NEXTVAL(" + quote(sequence) + ")";
    return """
    %s AS SELECT own AS provisional, %s AS drawn
      FROM (SELECT own FROM %s WHERE fresh ORDER BY own LIMIT 18446744073709551615) AS o
    """
        .formatted(
            MariaDbStaged.create(
                drawn,
                List.of("provisional " + id.type(), "drawn " + id.type(), "INDEX (provisional)")),
            next,
            quote(ids));
  }

  /** Puts the ids that were drawn in the place of the provisional ones. */
  static String renumber(String temporaryTable, String column, String drawn) {
    return "UPDATE %1$s AS x JOIN %3$s AS n ON x.%2$s = n.provisional SET x.%2$s = n.drawn"
        .formatted(quote(temporaryTable), column, quote(drawn));
  }
}
