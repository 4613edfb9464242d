package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.Aside;
import io.travaso.database.MergeSql.Movable;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.SyncTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which rows could let go of a value, those that make up no values first. Whether one
 * will do is for {@link PostgresAsideSql} to ask.
 */
final class PostgresAsides {
  private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");
  private static final Pattern TEXT =
      Pattern.compile("text|(?:.*\\.)?citext|character varying|character(?: varying)?\\((\\d+)\\)");
  private static final Pattern RANGE = Pattern.compile("(int4|int8|num|ts|tstz|date)(multi)?range");
  private static final Set<String> LARGEST = Set.of("bigint", "numeric");

  private final Work work;
  private final SyncTable table;
  private final List<Aside> ways = new ArrayList<>();

  private PostgresAsides(Work work) {
    this.work = work;
    this.table = work.table();
  }

  static List<Aside> of(Work work, Exclusion exclusion, Movable movable) {
    PostgresAsides asides = new PostgresAsides(work);
    List<Column> columns = asides.columns(exclusion);
    List<Column> early =
        columns.stream().filter(c -> movable.anywhere().contains(c.name())).toList();
    if (!early.isEmpty()) {
      asides.ways.add(new Aside.Early(early));
    }
    columns.stream()
        .filter(c -> c.nullable() && movable.toNull().contains(c.name()))
        .forEach(c -> asides.ways.add(new Aside.Neutral(c, "NULL")));
    early.forEach(asides::empty);
    early.forEach(asides::invent);
    return asides.ways;
  }

  /** The columns an exclusion hangs on and an update sets, also behind generated ones. */
  private List<Column> columns(Exclusion exclusion) {
    return PostgresDiffSql.updated(table).stream()
        .filter(
            c ->
                exclusion.columns().stream()
                    .anyMatch(name -> name.equals(c.name()) || isComputedOf(name, c)))
        .toList();
  }

  private boolean isComputedOf(String generated, Column column) {
    String expression = table.table().constraints().generated().get(generated);
    return expression != null
        && Pattern.compile("(?<!\\w)" + Pattern.quote(column.name()) + "(?!\\w)")
            .matcher(expression)
            .find();
  }

  private void empty(Column column) {
    Matcher range = RANGE.matcher(column.type());
    if (range.matches()) {
      ways.add(new Aside.Neutral(column, range.group(2) == null ? "'empty'" : "'{}'"));
    }
  }

  private void invent(Column column) {
    String type = column.type();
    Matcher numeric = NUMERIC.matcher(type);
    Matcher text = TEXT.matcher(type);
    if (text.matches()) {
      String limit = text.group(1) == null ? "63" : text.group(1);
      texts(column, "'~' || to_hex(g)", limit);
      texts(column, "upper(to_hex(g))", limit);
      texts(column, "g::text", limit);
    } else if (numeric.matches()) {
      int digits = Integer.parseInt(numeric.group(1)) - Integer.parseInt(numeric.group(2));
      BigDecimal end = BigDecimal.TEN.pow(Math.max(0, digits)).subtract(BigDecimal.ONE);
      numbers(column, end.negate().toPlainString(), end.toPlainString());
    } else if (type.equals("smallint")) {
      numbers(column, "-32768", "32767");
    } else if (type.equals("integer")) {
      numbers(column, "-2147483648", "2147483647");
    } else if (LARGEST.contains(type)) {
      numbers(column, "-9223372036854775808", "9223372036854775807");
    } else if (type.equals("uuid")) {
      add(column, "md5('travaso ' || g)::uuid");
    } else if (type.equals("bytea")) {
      add(column, "decode(md5('travaso ' || g), 'hex')");
    } else if (type.equals("date")) {
      add(column, "(" + latest(column) + ")::date + g::int");
    } else if (type.startsWith("timestamp")) {
      add(column, latest(column) + " + g * interval '1 day'");
    }
  }

  private void texts(Column column, String text, String limit) {
    add(column, "CASE WHEN length(%1$s) <= %2$s THEN %1$s END".formatted(text, limit));
  }

  /** Above all there are, or else below. */
  private void numbers(Column column, String least, String most) {
    String some = "(SELECT floor(%s(x.v)::numeric) FROM %s WHERE x.v BETWEEN %s AND %s)";
    String bounded = "CASE WHEN %1$s BETWEEN %2$s AND %3$s THEN %1$s END";
    String highest = some.formatted("max", values(column), least, most);
    String lowest = some.formatted("min", values(column), least, most);
    add(column, bounded.formatted(highest + " + g", least, most));
    add(column, bounded.formatted(lowest + " - g", least, most));
  }

  /** The last date or time anybody has, leaving out infinity and what only means it. */
  private String latest(Column column) {
    return "coalesce((SELECT max(x.v) FROM "
        + values(column)
        + " WHERE x.v BETWEEN '0001-01-01' AND '9000-01-01'), '2000-01-01')";
  }

  private String values(Column column) {
    return "(SELECT v.%1$s AS v FROM %2$s AS v UNION ALL SELECT w.%3$s FROM pg_temp.%4$s AS w) AS x"
        .formatted(
            quote(column.name()),
            relation(table.table()),
            table.stagingName(column),
            quote(work.staging()));
  }

  private void add(Column column, String series) {
    ways.add(new Aside.Invented(column, series));
  }
}
