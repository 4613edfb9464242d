package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.table.Catalog;
import io.travaso.table.Field;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows in bulk text on their way into a temporary table. */
class MariaDbLoadIT {
  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, s varchar(5), n tinyint, d decimal(5,2), b varbinary(20), bits bit(10),
        e enum('a', 'b''c'), st set('x', 'y'), y year, at datetime(3), ti time, l text, f float, day date,
        latin varchar(10) CHARACTER SET latin1)
      """;

  private final TestDatabase database = DatabasePool.take(Engine.MARIADB.shared());
  private Database connected;
  private Handle session;
  private SyncTable table;

  /** How rows get there. */
  enum Way {
    LOAD_DATA,
    INSERT
  }

  @BeforeEach
  void connect() {
    database.execute(TABLE);
    connected =
        Database.open(
            new ConnectionSettings(
                "mariadb",
                database.server().host(),
                database.server().port(),
                database.name(),
                database.user(),
                Map.of(),
                new Secret(database.password())));
    session = connected.session();
    Catalog catalog = connected.with("Reading", connected.dialect()::readCatalog);
    Table found = catalog.get(new TableId("public", "t"));
    table =
        new SyncTable(
            found,
            "t",
            "t",
            List.of(found.requiredColumn("id")),
            found.columns().stream().skip(1).map(c -> new Field(c.name(), c, null)).toList(),
            List.of(found.requiredColumn("id")));
    session.execute(
        "CREATE TEMPORARY TABLE x (w0 int, w1 varchar(5), w2 tinyint, w3 decimal(5,2), w4"
            + " varbinary(20), w5 bit(10), w6 enum('a', 'b''c'), w7 set('x', 'y'), w8 year, w9"
            + " datetime(3), w10 time, w11 text, w12 float, w13 date, w14 varchar(10) CHARACTER SET"
            + " latin1)");
  }

  @AfterEach
  void disconnect() {
    session.close();
    connected.close();
    DatabasePool.giveBack(database);
  }

  /** Loads rows of which only two columns have values. */
  private long load(Way way, int column, String... values) {
    MariaDbLoadColumns columns = new MariaDbLoadColumns(table, List.of("w0", "w" + column));
    MariaDbLoad.Sender sender =
        way == Way.LOAD_DATA
            ? new LoadDataStatement(session, "x", columns)
            : new InsertStatement(session, "x", columns);
    try (MariaDbLoad load = new MariaDbLoad(columns, sender, 1000)) {
      int id = 1;
      for (String value : values) {
        byte[] row = (id++ + "\t" + value).getBytes(UTF_8);
        load.row(row, 0, row.length);
      }
      return load.finish();
    }
  }

  private List<String> loaded(String expression) {
    return session
        .createQuery("SELECT COALESCE(" + expression + ", 'NULL') FROM x ORDER BY w0")
        .mapTo(String.class)
        .list();
  }

  @ParameterizedTest
  @EnumSource
  void takesEveryCharacter(Way way) {
    String all = "\\\\ \\t \\n \\r \\b \\f \\v ' \" \u0001 \u00e8 \ud83d\ude00 \\\\N ? % $";
    assertThat(load(way, 11, all, "\\N", "", "NULL", "\\\\N")).isEqualTo(5);
    assertThat(loaded("HEX(w11)"))
        .containsExactly(
            hex("\\ \t \n \r \b \f \u000b ' \" \u0001 \u00e8 \ud83d\ude00 \\N ? % $"),
            "NULL",
            "",
            hex("NULL"),
            hex("\\N"));
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      hex.append("%02X".formatted(b));
    }
    return hex.toString();
  }

  @ParameterizedTest
  @EnumSource
  void takesEveryTypeByItsText(Way way) {
    load(way, 4, "\\\\x00ff5c0a", "\\\\x", "\\N");
    assertThat(loaded("HEX(w4)")).containsExactly("00FF5C0A", "", "NULL");
    session.execute("DELETE FROM x");
    load(way, 5, "0000000101", "1111111111", "\\N");
    assertThat(loaded("LPAD(BIN(w5), 10, '0')"))
        .containsExactly("0000000101", "1111111111", "NULL");
    session.execute("DELETE FROM x");
    load(way, 9, "2024-02-29 23:59:59.123", "0000-00-00 00:00:00", "2024-00-00 00:00:00");
    assertThat(loaded("CONCAT(w9)"))
        .containsExactly(
            "2024-02-29 23:59:59.123", "0000-00-00 00:00:00.000", "2024-00-00 00:00:00.000");
    session.execute("DELETE FROM x");
    load(way, 12, "16777217", "0.10000000149011612");
    assertThat(loaded("CONCAT(w12 * 1e0)")).containsExactly("16777216", "0.10000000149011612");
  }

  @ParameterizedTest
  @EnumSource
  void sendsRowsInPieces(Way way) {
    String[] values = new String[5000];
    java.util.Arrays.fill(values, "0123456789");
    assertThat(load(way, 11, values)).isEqualTo(5000);
    assertThat(loaded("w11")).hasSize(5000);
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatTheServerWouldChange(Way way) {
    assertThat(refused(way, 1, "abc", "abcdef")).contains("t 2", "s");
    assertThat(refused(way, 1, "abcde ")).contains("t 1");
    assertThat(refused(way, 2, "1", "127", "128")).contains("t 3", "n");
    assertThat(refused(way, 3, "1.50", "1.005")).contains("t 2", "d");
    assertThat(refused(way, 14, "\u00e8", "\u4e2d")).contains("t 2", "latin");
    assertThat(refused(way, 9, "2024-02-31 00:00:00")).contains("t 1", "at");
    assertThat(refused(way, 9, "infinity")).contains("t 1", "at");
    assertThat(refused(way, 12, "NaN")).contains("t 1", "f");
    assertThat(refused(way, 12, "1e39")).contains("t 1", "f");
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatTheServerWouldTakeForAnother(Way way) {
    assertThat(refused(way, 6, "a", "1")).contains("t 2", "e is none of its column's values");
    assertThat(refused(way, 6, "B'c")).contains("t 1: e");
    assertThat(refused(way, 6, "")).contains("t 1: e");
    assertThat(refused(way, 7, "x,y", "3")).contains("t 2: st");
    assertThat(refused(way, 8, "6")).contains("t 1: y");
    assertThat(refused(way, 5, "012")).contains("t 1: bits");
    assertThat(refused(way, 5, "00000000001")).contains("t 1: bits");
    assertThat(refused(way, 9, "2024-01-01 10:00:00.1234")).contains("t 1: at");
    assertThat(refused(way, 10, "10:00:00.5")).contains("t 1: ti");
    assertThat(refused(way, 13, "2024-1-1")).contains("t 1: day");
  }

  private String refused(Way way, int column, String... values) {
    SyncException refused =
        catchThrowableOfType(SyncException.class, () -> load(way, column, values));
    assertThat(refused).as("w%d %s", column, List.of(values)).isNotNull();
    session.execute("DELETE FROM x");
    return refused.what() + " " + refused.details();
  }

  /** Rows are sent by a thread of their own; what it is told comes to who gives rows. */
  @ParameterizedTest
  @EnumSource
  void whatTheServerRefusesIsToldAndNoThreadStays(Way way) {
    String[] values = new String[2000];
    Arrays.fill(values, "12");
    values[100] = "300";
    assertThatThrownBy(() -> load(way, 2, values))
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> assertThat(String.join(" ", e.details())).contains("t 101").contains("n"));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("travaso-load");
    assertThat(session.createQuery("SELECT 1").mapTo(Integer.class).one()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void manySendingsArriveInOrder(Way way) {
    String[] values = new String[5000];
    Arrays.setAll(values, i -> String.valueOf(i % 100));
    assertThat(load(way, 2, values)).isEqualTo(5000);
    assertThat(
            session
                .createQuery("SELECT COUNT(*) FROM x WHERE w2 = (w0 - 1) % 100")
                .mapTo(Long.class)
                .one())
        .isEqualTo(5000);
  }
}
