package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.Aside;
import io.travaso.database.MergeSql.Movable;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.SyncTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which rows could let go of a value, those that make up no values first. Whether one
 * will do is for {@link MariaDbAsideSql} to ask. In what makes up values {@code g} is a number from
 * 1.
 */
final class MariaDbAsides {
  private static final Pattern INTEGER =
      Pattern.compile("(tinyint|smallint|mediumint|int|bigint)(?:\\(\\d+\\))?(.*)");
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)(.*)");
  private static final Pattern TEXT =
      Pattern.compile("(?:tiny|medium|long)?text|(?:var)?char\\((\\d+)\\)");
  private static final Pattern BYTES =
      Pattern.compile("(?:tiny|medium|long)?blob|(?:var)?binary\\((\\d+)\\)");
  private static final Map<String, Integer> BITS =
      Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);

  private final Work work;
  private final SyncTable table;
  private final List<Aside> ways = new ArrayList<>();

  private MariaDbAsides(Work work) {
    this.work = work;
    this.table = work.table();
  }

  static List<Aside> of(Work work, Exclusion exclusion, Movable movable) {
    MariaDbAsides asides = new MariaDbAsides(work);
    List<Column> columns = asides.columns(exclusion);
    List<Column> early =
        columns.stream().filter(c -> movable.anywhere().contains(c.name())).toList();
    if (!early.isEmpty()) {
      asides.ways.add(new Aside.Early(early));
    }
    columns.stream()
        .filter(c -> c.nullable() && movable.toNull().contains(c.name()))
        .forEach(c -> asides.ways.add(new Aside.Neutral(c, "NULL")));
    early.forEach(asides::invent);
    return asides.ways;
  }

  /** The columns an exclusion hangs on and an update sets, also behind generated ones. */
  private List<Column> columns(Exclusion exclusion) {
    return MariaDbDiffSql.updated(table).stream()
        .filter(
            c ->
                exclusion.columns().stream()
                    .anyMatch(name -> name.equals(c.name()) || isComputedOf(name, c)))
        .toList();
  }

  private boolean isComputedOf(String generated, Column column) {
    String expression = table.table().constraints().generated().get(generated);
    if (expression == null) {
      return false;
    }
    return expression.contains(quote(column.name()))
        || table.table().constraints().generated().keySet().stream()
            .anyMatch(
                other ->
                    !other.equals(generated)
                        && expression.contains(quote(other))
                        && isComputedOf(other, column));
  }

  private void invent(Column column) {
    String type = column.type();
    Matcher integer = INTEGER.matcher(type);
    Matcher decimal = DECIMAL.matcher(type);
    Matcher text = TEXT.matcher(type);
    Matcher bytes = BYTES.matcher(type);
    if (text.matches()) {
      String limit = text.group(1) == null ? "63" : text.group(1);
      texts(column, "CONCAT('~', LOWER(HEX(g)))", limit);
      texts(column, "HEX(g)", limit);
      texts(column, "CONCAT('', g)", limit);
    } else if (integer.matches()) {
      integers(
          column, BITS.getOrDefault(integer.group(1), 0), integer.group(2).contains("unsigned"));
    } else if (decimal.matches()) {
      int digits = Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2));
      BigInteger end = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
      boolean unsigned = decimal.group(3).contains("unsigned");
      numbers(column, unsigned ? BigInteger.ZERO : end.negate(), end);
    } else if (bytes.matches()) {
      String limit = bytes.group(1) == null ? "16" : bytes.group(1);
      ways.add(
          new Aside.Invented(
              column, "LEFT(UNHEX(MD5(CONCAT('travaso ', g))), %s)".formatted(limit)));
    } else if (type.equals("uuid")) {
      ways.add(new Aside.Invented(column, "MD5(CONCAT('travaso ', g))"));
    } else if (type.equals("date") || type.startsWith("datetime")) {
      days(column, "0001-01-01", "9000-01-01");
    } else if (type.startsWith("timestamp")) {
      days(column, "1971-01-01", "2037-12-01");
    }
  }

  private void texts(Column column, String text, String limit) {
    ways.add(
        new Aside.Invented(
            column, "CASE WHEN CHAR_LENGTH(%1$s) <= %2$s THEN %1$s END".formatted(text, limit)));
  }

  private void integers(Column column, int bits, boolean unsigned) {
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    numbers(
        column,
        unsigned ? BigInteger.ZERO : half.negate(),
        (unsigned ? half.shiftLeft(1) : half).subtract(BigInteger.ONE));
  }

  /** Above all there are, or else below, or else from 1. */
  private void numbers(Column column, BigInteger least, BigInteger most) {
    // As decimals, of which none is too large to add to.
    String some =
        "(SELECT CAST(FLOOR(%s(x.v)) AS DECIMAL(65)) FROM %s WHERE x.v BETWEEN %s AND %s)";
    String bounded = "CASE WHEN %1$s BETWEEN %2$s AND %3$s THEN %1$s END";
    String highest = some.formatted("MAX", values(column), least, most);
    String lowest = some.formatted("MIN", values(column), least, most);
    ways.add(new Aside.Invented(column, bounded.formatted("(" + highest + " + g)", least, most)));
    ways.add(new Aside.Invented(column, bounded.formatted("(" + lowest + " - g)", least, most)));
    ways.add(new Aside.Invented(column, bounded.formatted("g", least, most)));
  }

  /** After the last date or time anybody has within these, before the first, or in this century. */
  private void days(Column column, String least, String most) {
    String some = "(SELECT %s(x.v) FROM %s WHERE x.v BETWEEN '%s' AND '%s')";
    String bounded = "CASE WHEN %1$s BETWEEN '%2$s' AND '%3$s' THEN %1$s END";
    String last = some.formatted("MAX", values(column), least, most) + " + INTERVAL g DAY";
    String first = some.formatted("MIN", values(column), least, most) + " - INTERVAL g DAY";
    ways.add(new Aside.Invented(column, bounded.formatted("(" + last + ")", least, most)));
    ways.add(new Aside.Invented(column, bounded.formatted("(" + first + ")", least, most)));
    ways.add(
        new Aside.Invented(
            column, bounded.formatted("('2000-01-01' + INTERVAL g DAY)", least, most)));
  }

  private String values(Column column) {
    return "(SELECT v.%1$s AS v FROM %2$s AS v UNION ALL SELECT w.%3$s FROM %4$s AS w) AS x"
        .formatted(
            quote(column.name()),
            quote(table.id()),
            table.stagingName(column),
            quote(work.staging()));
  }
}
