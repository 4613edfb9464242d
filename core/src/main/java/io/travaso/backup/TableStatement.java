package io.travaso.backup;

import io.travaso.backup.DumpedTable.DumpedColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the columns out of a {@code CREATE TABLE} as MariaDB writes it: a name in back quotes, what
 * belongs to it in parentheses, columns before keys and constraints.
 */
final class TableStatement {
  private static final String NAME = "`((?:[^`]|``)+)`";
  private static final Pattern HEAD = Pattern.compile("CREATE TABLE " + NAME + " \\(\\s*");
  private static final Pattern COLUMN = Pattern.compile(NAME + " ([a-z0-9_]+(?:\\([0-9,]+\\))?)");

  /** What can hold a comma or a parenthesis that is none: texts, names and comments. */
  private static final Pattern PART =
      Pattern.compile(
          "'(?:[^'\\\\]|''|\\\\.)*+'|`(?:[^`]|``)*+`|\"(?:[^\"\\\\]|\"\"|\\\\.)*+\"|/\\*.*?\\*/|.",
          Pattern.DOTALL);

  private TableStatement() {}

  static DumpedTable read(String statement) throws IOException {
    Matcher head = HEAD.matcher(statement);
    if (!head.lookingAt()) {
      throw new IOException("a CREATE TABLE statement that can't be read: " + start(statement));
    }
    String name = unquote(head.group(1));
    List<DumpedColumn> columns = new ArrayList<>();
    for (String element : elements(statement, head.end())) {
      Matcher column = COLUMN.matcher(element);
      if (column.lookingAt()) {
        columns.add(
            DumpedColumn.of(
                unquote(column.group(1)),
                column.group(2),
                isGenerated(element.substring(column.end()))));
      }
    }
    return new DumpedTable(name, columns);
  }

  static String unquote(String name) {
    return name.replace("``", "`");
  }

  /** What stands between the commas of the outermost parentheses. */
  private static List<String> elements(String statement, int from) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    int depth = 1;
    Matcher part = PART.matcher(statement);
    part.region(from, statement.length());
    while (depth > 0 && part.lookingAt()) {
      String text = part.group();
      part.region(part.end(), statement.length());
      depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
      if (depth == 0 || (depth == 1 && text.equals(","))) {
        elements.add(element.toString().strip());
        element.setLength(0);
      } else {
        element.append(text);
      }
    }
    return elements;
  }

  /** Whether the words GENERATED ALWAYS AS stand in it, and not in a text, as of a comment. */
  private static boolean isGenerated(String attributes) {
    Matcher part = PART.matcher(attributes);
    StringBuilder words = new StringBuilder();
    while (part.find()) {
      words.append(part.group().length() == 1 ? part.group() : " ");
    }
    return words.toString().toUpperCase(Locale.ROOT).contains(" GENERATED ALWAYS AS ");
  }

  private static String start(String statement) {
    return statement.substring(0, Math.min(80, statement.length()));
  }
}
