package io.travaso.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.table.TableId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the script that {@code pg_restore --data-only} writes: COPY statements, each followed by
 * its rows and a line {@code \.}, between settings and comments.
 *
 * <p>Rows stay bytes in one buffer, which grows to the longest row. Only the statements become
 * text.
 */
final class CopyScript {
  private static final int INITIAL_BUFFER = 1 << 18;
  private static final int MAX_ROW = Integer.MAX_VALUE - 16;
  private static final byte[] COPY = "COPY ".getBytes(UTF_8);
  private static final String FROM_STDIN = " FROM stdin;";
  private static final Pattern ENCODING = Pattern.compile("SET client_encoding = '(.*)';");
  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\". (),]+)";
  private static final Pattern STATEMENT =
      Pattern.compile(
          "COPY " + NAME + "\\." + NAME + " (?:\\((.*)\\))? ?FROM stdin;", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile(NAME + "(?:, |$)");

  private final InputStream in;
  private final Set<TableId> wanted;
  private final TableDataSink sink;

  private byte[] buffer = new byte[INITIAL_BUFFER];
  private int filled;

  /** Where the line of the last {@link #nextLine} begins, how long it is, and where to go on. */
  private int line;

  private int length;
  private int next;

  CopyScript(InputStream in, Set<TableId> wanted, TableDataSink sink) {
    this.in = in;
    this.wanted = wanted;
    this.sink = sink;
  }

  /**
   * Hands the rows of the wanted tables to the sink.
   *
   * @return whether every table that began has also ended
   */
  boolean read() throws IOException {
    while (nextLine()) {
      if (startsWithCopy()) {
        String statement = statement();
        if (statement == null || !rows(statement)) {
          return false;
        }
      } else {
        checkEncoding();
      }
    }
    return true;
  }

  /** Rows are handed on as UTF-8: an archive in another encoding is not one of ours. */
  private void checkEncoding() throws IOException {
    if (length > 4 && buffer[line] == 'S' && length < 200) {
      Matcher encoding = ENCODING.matcher(text());
      if (encoding.matches() && !Set.of("UTF8", "SQL_ASCII").contains(encoding.group(1))) {
        throw new IOException("its rows are in " + encoding.group(1) + ", not in UTF8");
      }
    }
  }

  private boolean startsWithCopy() {
    return length >= COPY.length
        && Arrays.equals(buffer, line, line + COPY.length, COPY, 0, COPY.length);
  }

  /** The whole statement, which goes on over line breaks within quoted names; null at the end. */
  private @Nullable String statement() throws IOException {
    String statement = text();
    while (!statement.endsWith(FROM_STDIN) || quotes(statement) % 2 != 0) {
      if (!nextLine()) {
        return null;
      }
      statement = statement + "\n" + text();
    }
    return statement;
  }

  private boolean rows(String statement) throws IOException {
    Matcher parts = STATEMENT.matcher(statement);
    if (!parts.matches()) {
      throw new IOException("a COPY statement that can't be read: " + statement);
    }
    TableId table = new TableId(unquote(parts.group(1)), unquote(parts.group(2)));
    boolean take = wanted.contains(table);
    if (take) {
      sink.begin(table, columns(parts.group(3)));
    }
    while (nextLine()) {
      // Within a value a backslash is escaped: no row can read like this.
      if (length == 2 && buffer[line] == '\\' && buffer[line + 1] == '.') {
        if (take) {
          sink.end();
        }
        return true;
      }
      if (take) {
        sink.row(buffer, line, length);
      }
    }
    return false;
  }

  private static List<String> columns(@Nullable String list) {
    List<String> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(list == null ? "" : list);
    while (column.lookingAt()) {
      columns.add(unquote(column.group(1)));
      column.region(column.end(), column.regionEnd());
    }
    return columns;
  }

  private static String unquote(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  private static long quotes(String text) {
    return text.chars().filter(c -> c == '"').count();
  }

  private String text() {
    return new String(buffer, line, length, UTF_8);
  }

  /** Finds the next whole line; false at the end, where an unfinished one is no line. */
  private boolean nextLine() throws IOException {
    int searched = next;
    while (true) {
      byte[] bytes = buffer;
      int end = filled;
      for (int i = searched; i < end; i++) {
        if (bytes[i] == '\n') {
          line = next;
          length = i - next;
          next = i + 1;
          return true;
        }
      }
      searched = fill(filled);
      if (searched < 0) {
        return false;
      }
    }
  }

  /** Reads more behind what is there; returns where that begins now, or -1 at the end. */
  private int fill(int from) throws IOException {
    int rest = filled - next;
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, rest);
      from -= next;
      filled = rest;
      next = 0;
    } else if (filled == buffer.length) {
      if (filled >= MAX_ROW / 2) {
        throw new IOException("a row larger than PostgreSQL's own limit");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n = in.read(buffer, filled, buffer.length - filled);
    if (n < 0) {
      return -1;
    }
    filled += n;
    return from;
  }
}
