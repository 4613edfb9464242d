package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.ExaminationSql;
import io.travaso.table.Column;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.List;
import java.util.stream.Collectors;

/** A thorough check's questions to PostgreSQL. */
final class PostgresExaminationSql implements ExaminationSql {

  @Override
  public String sequenceBehind(Table table, Column column, TableId sequence) {
    return "SELECT " + PostgresSequences.NEEDED + PostgresSequences.behind(table, column, sequence);
  }

  @Override
  public String moveSequence(TableId sequence, long value) {
    return "SELECT setval(" + literal(quote(sequence)) + ", " + value + ");";
  }

  @Override
  public String referredTo(
      Table table, String column, Table target, String targetColumn, List<String> named) {
    return "SELECT concat_ws('.', %s) FROM %s AS r WHERE EXISTS (SELECT FROM %s AS t WHERE t.%s = r.%s) ORDER BY 1"
        .formatted(
            named.stream().map(name -> "r." + quote(name)).collect(Collectors.joining(", ")),
            relation(target),
            relation(table),
            quote(column),
            quote(targetColumn));
  }
}
