package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;

import io.travaso.database.StructureSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.Collection;
import java.util.stream.Collectors;

/** A check's questions to information_schema. */
final class MariaDbStructureSql implements StructureSql {
  private static final String NONE = "SELECT '', '', '', '' FROM DUAL WHERE FALSE";

  @Override
  public String heirs(Collection<TableId> tables) {
    return NONE;
  }

  @Override
  public String generatedColumns(Collection<TableId> tables) {
    return """
    SELECT %s, TABLE_NAME, COLUMN_NAME, GENERATION_EXPRESSION FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND IS_GENERATED = 'ALWAYS' AND TABLE_NAME IN (%s)
     ORDER BY 2, 3
    """
        .formatted(
            literal(MariaDbNames.SCHEMA),
            tables.stream().map(t -> literal(t.name())).collect(Collectors.joining(", ")));
  }

  @Override
  public String triggersNaming(Collection<TableId> tables, Collection<TableId> named) {
    return """
    SELECT %s, g.EVENT_OBJECT_TABLE, n.name
      FROM information_schema.TRIGGERS AS g
      JOIN (%s) AS n ON LOCATE(n.name, CONVERT(g.ACTION_STATEMENT USING utf8mb4) COLLATE utf8mb4_bin) > 0
     WHERE g.TRIGGER_SCHEMA = DATABASE() AND g.EVENT_OBJECT_TABLE IN (%s)
     GROUP BY g.EVENT_OBJECT_TABLE, n.name ORDER BY 2, 3
    """
        .formatted(
            literal(MariaDbNames.SCHEMA),
            named.stream()
                .map(t -> "SELECT " + literal(t.name()) + " AS name")
                .collect(Collectors.joining(" UNION ALL ")),
            tables.stream().map(t -> literal(t.name())).collect(Collectors.joining(", ")));
  }

  /** MariaDB keeps large values in their rows. */
  @Override
  public String largeObjectColumns(Collection<TableId> tables) {
    return NONE;
  }

  @Override
  public String holdingLargeObjects(SyncTable table, Column column, int limit) {
    return NONE;
  }
}
