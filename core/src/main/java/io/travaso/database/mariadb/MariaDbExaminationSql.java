package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.ExaminationSql;
import io.travaso.table.Column;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.List;
import java.util.stream.Collectors;

/** A thorough check's questions to MariaDB. */
final class MariaDbExaminationSql implements ExaminationSql {

  @Override
  public String sequenceBehind(Table table, Column column, TableId sequence) {
    // InnoDB itself keeps AUTO_INCREMENT ahead of its rows.
    return sequence.equals(table.id())
        ? "SELECT 0 FROM DUAL WHERE FALSE"
        : """
        SELECT LEAST(c.highest, q.maximum_value)
          FROM %1$s AS q, (SELECT MAX(%2$s) AS highest FROM %3$s) AS c
         WHERE q.increment >= 0 AND c.highest >= q.next_not_cached_value
        """
            .formatted(quote(sequence), quote(column.name()), quote(table.id()));
  }

  @Override
  public String moveSequence(TableId sequence, long value) {
    return "SELECT SETVAL(" + quote(sequence) + ", " + value + ");";
  }

  @Override
  public String referredTo(
      Table table, String column, Table target, String targetColumn, List<String> named) {
    return "SELECT CONCAT_WS('.', %s) FROM %s AS r WHERE EXISTS (SELECT 1 FROM %s AS t WHERE t.%s = r.%s) ORDER BY 1"
        .formatted(
            named.stream().map(name -> "r." + quote(name)).collect(Collectors.joining(", ")),
            quote(target.id()),
            quote(table.id()),
            quote(column),
            quote(targetColumn));
  }
}
