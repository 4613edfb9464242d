package io.travaso.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.backup.MariaDbScript;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a swap needs to be taken back or finished after a kill. It stands in the database that was
 * made for the swap, before anything is done to the old one. The statement that moves the tables
 * renames it as well, and so tells whether they were moved.
 */
final class MariaDbJournal {
  static final String TABLE = "travaso_swap";
  static final String DONE = "travaso_swapped";

  /** Smaller than any server's max_allowed_packet. */
  private static final int PIECE = 500_000;

  private MariaDbJournal() {}

  /**
   * @param before what makes the old database's definitions
   * @param after what makes the new one's
   */
  static void write(Sql sql, String fresh, MariaDbScript before, MariaDbScript after, String old) {
    sql.run(
        "Writing down what a swap needs",
        "CREATE TABLE %s.%s (id int AUTO_INCREMENT PRIMARY KEY, kind varchar(20) NOT NULL, content longblob NOT NULL) ENGINE = InnoDB"
            .formatted(sql.quote(fresh), TABLE));
    String table = sql.quote(fresh) + "." + TABLE;
    add(sql, table, "before", before);
    add(sql, table, "after", after);
    add(sql, table, "old", old.getBytes(UTF_8));
  }

  private static void add(Sql sql, String table, String kind, MariaDbScript script) {
    add(sql, table, kind, script.text().getBytes(ISO_8859_1));
    for (String routine : script.routines()) {
      add(sql, table, kind + " routine", routine.getBytes(UTF_8));
    }
  }

  private static void add(Sql sql, String table, String kind, byte[] content) {
    try (PreparedStatement insert =
        sql.connection()
            .prepareStatement("INSERT INTO " + table + " (kind, content) VALUES (?, ?)")) {
      for (int at = 0; at < content.length; at += PIECE) {
        insert.setString(1, kind);
        insert.setBytes(2, Arrays.copyOfRange(content, at, Math.min(content.length, at + PIECE)));
        insert.execute();
      }
    } catch (SQLException e) {
      throw sql.explain("Writing down what a swap needs", e);
    }
  }

  /**
   * Reads a script back.
   *
   * @param table the journal's name, which tells how far the swap has come
   * @param kind {@code before} or {@code after}
   */
  static MariaDbScript read(Sql sql, String fresh, String table, String kind) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    List<String> routines = new ArrayList<>();
    String question =
        "SELECT kind, content FROM %s.%s WHERE kind LIKE %s ORDER BY id"
            .formatted(sql.quote(fresh), table, sql.literal(kind + "%"));
    try (PreparedStatement select = sql.connection().prepareStatement(question);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] content = rows.getBytes(2);
        if (rows.getString(1).equals(kind)) {
          text.writeBytes(content);
        } else {
          routines.add(new String(content, UTF_8));
        }
      }
      return new MariaDbScript(text.toString(ISO_8859_1), routines);
    } catch (SQLException e) {
      throw sql.explain("Reading what a swap needs", e);
    }
  }

  /** The journal's name where there is one; empty where there is none. */
  static String find(Sql sql, String fresh) {
    List<String> found =
        sql.column(
            "Looking for swaps that did not end",
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s AND TABLE_NAME IN ('%s', '%s')"
                .formatted(sql.literal(fresh), TABLE, DONE));
    return found.isEmpty() ? "" : found.get(0);
  }

  static void drop(Sql sql, String fresh, String table) {
    sql.run("Forgetting a swap", "DROP TABLE IF EXISTS %s.%s".formatted(sql.quote(fresh), table));
  }
}
