package io.travaso.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the script that mariadb-dump writes. Where a statement ends is found as the client finds it
 * that restores a script: so nothing in a text, a trigger or a procedure is mistaken for rows.
 * Nothing of it is ever executed.
 */
final class SqlScript {
  private static final byte[] INSERT = "INSERT INTO `".getBytes(UTF_8);
  private static final byte[] CREATE = "CREATE TABLE `".getBytes(UTF_8);
  private static final byte[] UNLOCK = "UNLOCK TABLES".getBytes(UTF_8);
  private static final byte[] DELIMITER = "DELIMITER ".getBytes(UTF_8);
  private static final byte[] SANDBOX = "/*M!999999\\-".getBytes(UTF_8);
  private static final byte[] COMMENT = "/*".getBytes(UTF_8);
  private static final byte[] EXECUTED = "/*!".getBytes(UTF_8);
  private static final byte[] EXECUTED_HERE = "/*M!".getBytes(UTF_8);
  private static final byte[] COMMENT_END = "*/".getBytes(UTF_8);
  private static final byte[] DASHES = "--".getBytes(UTF_8);
  private static final byte[] COMPLETED = "-- Dump completed".getBytes(UTF_8);
  private static final int MAX_SETTING = 4096;
  private static final Pattern MODE =
      Pattern.compile("\\bsql_mode\\s*=\\s*(@\\w+|'[^']*')", Pattern.CASE_INSENSITIVE);

  private final ScriptBytes in;
  private final DumpedRows rows;
  private final @Nullable StatementEditor editor;
  private final Map<String, DumpedTable> tables = new HashMap<>();
  private byte[] delimiter = {';'};
  private byte[] delimiterRest = {};
  private boolean backslashEscapes = true;
  private boolean completed;

  SqlScript(ScriptBytes in, DumpedRows rows) {
    this(in, rows, null);
  }

  /**
   * @param editor says what is copied in the place of statements; null to copy them as they are
   */
  SqlScript(ScriptBytes in, DumpedRows rows, @Nullable StatementEditor editor) {
    this.in = in;
    this.rows = rows;
    this.editor = editor;
  }

  /**
   * Reads it all.
   *
   * @return whether it is whole: every statement has an end, and the last line says that the dump
   *     was completed
   */
  boolean read() throws IOException {
    try {
      return readAll();
    } catch (EOFException e) {
      return false;
    }
  }

  private boolean readAll() throws IOException {
    while (true) {
      int c = in.peek();
      if (c < 0) {
        rows.end();
        return completed;
      }
      if (Character.isWhitespace(c)) {
        in.skip(1);
      } else if (c == '#' || in.startsWith(DASHES)) {
        completed = in.startsWith(COMPLETED);
        if (!skipLine()) {
          return false;
        }
      } else if (in.startsWith(SANDBOX) || isPlainComment()) {
        if (!in.skipThrough(COMMENT_END)) {
          return false;
        }
      } else if (in.startsWith(DELIMITER)) {
        completed = false;
        in.skip(DELIMITER.length);
        delimiter(line().strip().getBytes(UTF_8));
      } else {
        completed = false;
        if (!statement()) {
          return false;
        }
      }
    }
  }

  private boolean isPlainComment() throws IOException {
    return in.startsWith(COMMENT) && !in.startsWith(EXECUTED) && !in.startsWith(EXECUTED_HERE);
  }

  private void delimiter(byte[] text) throws IOException {
    if (text.length == 0) {
      throw new IOException("a DELIMITER that is none");
    }
    delimiter = text;
    delimiterRest = Arrays.copyOfRange(text, 1, text.length);
  }

  /** One statement; false where it has no end. */
  private boolean statement() throws IOException {
    // What stands under another delimiter is the body of a trigger, a procedure or an event.
    boolean plain = delimiter.length == 1;
    if (plain && in.startsWith(INSERT)) {
      return insert();
    }
    if (plain && in.startsWith(UNLOCK)) {
      rows.end();
      return skipStatement();
    }
    boolean table = plain && in.startsWith(CREATE);
    in.keep();
    if (!skipStatement()) {
      return false;
    }
    if (table) {
      DumpedTable read = TableStatement.read(keptText());
      tables.put(read.name(), read);
      rows.table(read);
    } else if (in.keptLength() < MAX_SETTING) {
      follow(keptText());
    }
    edit();
    in.release();
    return true;
  }

  private void edit() throws IOException {
    if (editor != null) {
      int length = in.keptLength() - delimiter.length;
      String text = new String(in.buffer(), in.keptAt(), length, ISO_8859_1);
      String edited = editor.edit(text, new String(delimiter, ISO_8859_1));
      if (!edited.equals(text)) {
        in.replace(0, length, edited.getBytes(ISO_8859_1));
      }
    }
  }

  private String keptText() {
    return new String(in.buffer(), in.keptAt(), in.keptLength(), UTF_8);
  }

  /** Bodies are written in the mode they were made in: in one of them a backslash is itself. */
  private void follow(String statement) {
    Matcher mode = MODE.matcher(statement);
    if (statement.contains("SET ") && mode.find()) {
      backslashEscapes = !mode.group(1).contains("NO_BACKSLASH_ESCAPES");
    }
  }

  private boolean insert() throws IOException {
    in.skip(INSERT.length);
    String name = name();
    DumpedTable table = tables.get(name);
    if (table == null) {
      throw unreadable(name, "there is no such table in the dump");
    }
    List<String> columns = new ArrayList<>();
    expect(table, '(');
    int c;
    do {
      expect(table, '`');
      columns.add(name());
      c = solid();
    } while (c == ',');
    if (c != ')' || !word(table, "VALUES")) {
      throw unreadable(table.name(), "its columns are not followed by values");
    }
    return rows.insert(table, columns) ? values(table, columns.size()) : skipStatement();
  }

  private boolean values(DumpedTable table, int count) throws IOException {
    int[] bounds = new int[count * 2];
    while (true) {
      expect(table, '(');
      in.keep();
      for (int i = 0; i < count; i++) {
        skipBlanks();
        bounds[2 * i] = in.keptLength();
        if (!skipValue()) {
          return false;
        }
        bounds[2 * i + 1] = in.keptLength();
        if (solid() != (i + 1 < count ? ',' : ')')) {
          throw unreadable(table.name(), "a row has not " + count + " values");
        }
      }
      rows.row(in, bounds);
      in.release();
      int c = solid();
      if (c == ';') {
        return true;
      }
      if (c != ',') {
        throw unreadable(table.name(), "a row is followed by neither another nor an end");
      }
    }
  }

  /** A text or a word: NULL, a number, or hexadecimal digits. */
  private boolean skipValue() throws IOException {
    int c = in.peek();
    if (c == '\'') {
      in.skip(1);
      return in.skipQuoted('\'', backslashEscapes) && in.peek() != '\'';
    }
    while (c >= 0 && c != ',' && c != ')' && !Character.isWhitespace(c)) {
      in.skip(1);
      c = in.peek();
    }
    return c >= 0;
  }

  /** Passes over the rest of a statement, and its delimiter. */
  private boolean skipStatement() throws IOException {
    while (true) {
      int c = in.next();
      if (c == delimiter[0] && in.startsWith(delimiterRest)) {
        in.skip(delimiterRest.length);
        return true;
      }
      boolean whole =
          switch (c) {
            case -1 -> false;
            case '\'', '"' -> in.skipQuoted(c, backslashEscapes);
            case '`' -> in.skipQuoted(c, false);
            case '#' -> skipLine();
            case '-' -> !isLineComment() || skipLine();
            case '/' -> !isBlockComment() || in.skipThrough(COMMENT_END);
            default -> true;
          };
      if (!whole) {
        return false;
      }
    }
  }

  private boolean isLineComment() throws IOException {
    if (in.peek() != '-') {
      return false;
    }
    in.skip(1);
    int c = in.peek();
    return c < 0 || Character.isWhitespace(c) || Character.isISOControl(c);
  }

  /** A comment that begins with an exclamation mark is executed. */
  private boolean isBlockComment() throws IOException {
    if (in.peek() != '*') {
      return false;
    }
    in.skip(1);
    int c = in.peek();
    return c != '!' && c != 'M' && c != '+';
  }

  private boolean skipLine() throws IOException {
    int c = in.next();
    while (c >= 0 && c != '\n') {
      c = in.next();
    }
    return c == '\n';
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.next(); c != '\n'; c = in.next()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** A name whose first back quote was read. */
  private String name() throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    while (true) {
      int c = in.next();
      if (c < 0) {
        throw new EOFException();
      }
      if (c == '`') {
        if (in.peek() != '`') {
          return name.toString(UTF_8);
        }
        in.skip(1);
      }
      name.write(c);
    }
  }

  private void skipBlanks() throws IOException {
    while (Character.isWhitespace(in.peek())) {
      in.skip(1);
    }
  }

  /** The next byte that is no blank, within a statement. */
  private int solid() throws IOException {
    skipBlanks();
    int c = in.next();
    if (c < 0) {
      throw new EOFException();
    }
    return c;
  }

  private boolean word(DumpedTable table, String word) throws IOException {
    skipBlanks();
    for (int i = 0; i < word.length(); i++) {
      expect(table, word.charAt(i));
    }
    return true;
  }

  private void expect(DumpedTable table, char expected) throws IOException {
    if (solid() != expected) {
      throw unreadable(table.name(), "there is no " + expected + " where one belongs");
    }
  }

  private static IOException unreadable(String table, String why) {
    return new IOException("an INSERT into " + table + " that can't be read: " + why);
  }
}
