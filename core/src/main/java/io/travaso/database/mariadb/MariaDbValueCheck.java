package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that MariaDB would take for another value without a word, seen on 10.11: a fraction
 * of a second that its column has no place for is cut, '1' in an ENUM is its first member, '3' in a
 * SET its first two, '6' in a YEAR is 2006, and what CONV can't read it leaves out.
 */
interface MariaDbValueCheck {

  /** What is wrong with a value in bulk text; null if nothing. */
  @Nullable String problem(byte[] bytes, int from, int to);

  /** What needs no look. */
  MariaDbValueCheck NONE = (bytes, from, to) -> null;

  static MariaDbValueCheck of(Column column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    if (type.startsWith("enum(")) {
      Set<String> members = members(column.type());
      return (b, from, to) ->
          members.contains(shown(text(b, from, to))) ? null : "is none of its column's values";
    }
    if (type.startsWith("set(")) {
      Set<String> members = members(column.type());
      return (b, from, to) ->
          to == from || members.containsAll(List.of(shown(text(b, from, to)).split(",", -1)))
              ? null
              : "has members that its column does not have";
    }
    if (type.startsWith("year")) {
      return matching("[0-9]{4}", "is no year of four digits");
    }
    if (type.startsWith("bit")) {
      return matching("[01]{1," + MariaDbText.size(column, 1) + "}", "is no bits of its column's");
    }
    if (column.kind() == ValueKind.TIMESTAMP || type.startsWith("time")) {
      int digits = MariaDbText.size(column, 0);
      return (b, from, to) -> fraction(b, from, to) <= digits ? null : tooFine(digits);
    }
    if (type.equals("date")) {
      return matching("\\d{4}-\\d{2}-\\d{2}", "is no date: 2024-01-31");
    }
    return NONE;
  }

  private static String tooFine(int digits) {
    return "has a fraction of a second longer than the " + digits + " digits of its column";
  }

  private static MariaDbValueCheck matching(String regex, String problem) {
    Pattern pattern = Pattern.compile(regex);
    return (b, from, to) -> pattern.matcher(text(b, from, to)).matches() ? null : problem;
  }

  /** How many digits of a fraction mean something. */
  private static int fraction(byte[] b, int from, int to) {
    int point = from;
    while (point < to && b[point] != '.') {
      point++;
    }
    int last = point;
    for (int i = point + 1; i < to && b[i] >= '0' && b[i] <= '9'; i++) {
      last = b[i] == '0' ? last : i;
    }
    return last - point;
  }

  /** The text of a value without the escapes of bulk text, which these types hardly ever have. */
  private static String text(byte[] b, int from, int to) {
    String text = new String(b, from, to - from, UTF_8);
    return text.indexOf('\\') < 0 ? text : text.replace("\\\\", "\\").replace("\\t", "\t");
  }

  /**
   * As information_schema shows it, which has a question mark for characters of four bytes. Which
   * of them it is the server sees itself.
   */
  private static String shown(String text) {
    return text.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?");
  }

  /** The members of an ENUM or a SET: in quotes, a quote in one doubled. */
  private static Set<String> members(String type) {
    Set<String> members = new HashSet<>();
    Matcher quoted = Pattern.compile("'((?:[^']|'')*)'").matcher(type);
    while (quoted.find()) {
      members.add(quoted.group(1).replace("''", "'"));
    }
    return members;
  }
}
