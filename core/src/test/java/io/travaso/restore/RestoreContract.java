package io.travaso.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.backup.DumpTool;
import io.travaso.backup.DumpTools;
import io.travaso.backup.ToolBox;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.ledger.Ledger;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every engine's restores keep to. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestoreContract {
  private static final String PASSWORD = "main-tenance 'x\" #";

  @TempDir Path folder;
  TestServer server;
  TestDatabase database;
  String account = "";
  final List<String> told = new ArrayList<>();
  Path dump;

  abstract Engine engine();

  /** Makes an account that may do anything. */
  abstract String[] makeAccount(String name, String password);

  abstract String dropAccount(String name);

  /** What the office has besides tables: views, triggers, routines, comments, grants. */
  abstract String[] extras();

  /** What is done to the database after the backup: everything changes, and more appears. */
  abstract String[] changes();

  /** Everything there is but the ledger, in texts that are compared. */
  abstract List<String> contents();

  /** The databases of the server. */
  abstract List<String> databases();

  /** Statements that make a ledger's run, and a question that finds it. */
  abstract String runs();

  @BeforeAll
  void make() {
    server = engine().shared();
    account = "maint_" + ProcessHandle.current().pid();
    server.executeAsAdmin(makeAccount(account, PASSWORD));
  }

  @AfterAll
  void remove() {
    server.executeAsAdmin(dropAccount(account));
  }

  @BeforeEach
  void fill() throws IOException {
    told.clear();
    database = server.newDatabase();
    SampleOffice.createDev(database, 300);
    database.executeAsAdmin(extras());
    try (Database open = Database.open(usual())) {
      open.inTransaction(
          "Making the ledger",
          session -> {
            open.dialect().ledger().create().forEach(session::execute);
            return true;
          });
    }
    dump = folder.resolve("dump");
    Files.deleteIfExists(dump);
    Files.createFile(dump);
    tool().dump(dump);
  }

  @AfterEach
  void drop() {
    database.close();
    List<String> left =
        databases().stream().filter(name -> name.startsWith(database.name() + "_")).toList();
    left.forEach(name -> server.executeAsAdmin("DROP DATABASE " + name));
    assertThat(left).as("databases that were left").isEmpty();
  }

  DumpTool tool() {
    return DumpTools.find(
        maintenance(), ToolBox.here(null), server.majorVersion(), Duration.ofSeconds(5));
  }

  ConnectionSettings usual() {
    return settings(database.user(), database.password());
  }

  ConnectionSettings maintenance() {
    return settings(account, PASSWORD);
  }

  /** Another database, for the account that may do anything. */
  ConnectionSettings settings(String name) {
    return new Replacement(usual(), maintenance(), ToolBox.here(null), Progress.SILENT, false)
        .to(name);
  }

  ConnectionSettings settings(String user, String password) {
    return new ConnectionSettings(
        engine().scheme(),
        server.host(),
        server.port(),
        database.name(),
        user,
        Map.of(),
        new Secret(password));
  }

  WholeDatabase whole() {
    return whole(maintenance());
  }

  WholeDatabase whole(ConnectionSettings maintenance) {
    return WholeDatabase.of(
        usual(),
        maintenance,
        ToolBox.here(null),
        new Progress() {
          @Override
          public void at(String work, long done, long total) {}

          @Override
          public void tells(String line) {
            told.add(line);
          }
        });
  }

  void restore(WholeDatabase whole) {
    try (Beside beside = whole.create("restore")) {
      beside.load(dump);
      beside.swap();
    }
  }

  @Test
  void bringsBackAllThatWasThere() {
    List<String> before = contents();
    database.execute(runs(), "INSERT INTO " + ofRows() + " (part) VALUES (1)");
    database.executeAsAdmin(changes());
    assertThat(contents()).isNotEqualTo(before);

    restore(whole());

    assertSame(before, contents());
    assertThat(database.hasLedger()).isTrue();
    assertThat(database.rows("SELECT 1 FROM " + ledgerTable()))
        .as("the ledger of the old one")
        .hasSize(1);
    try (Database open = Database.open(usual())) {
      new Ledger(open).create();
    }
    assertThat(database.rows("SELECT 1 FROM " + ofRows()))
        .as("what it says of rows that are there no more")
        .isEmpty();
    assertThat(told).isEmpty();
  }

  static void assertSame(List<String> before, List<String> now) {
    assertThat(now.stream().filter(line -> !before.contains(line))).as("what is new").isEmpty();
    assertThat(before.stream().filter(line -> !now.contains(line))).as("what is gone").isEmpty();
    assertThat(now).hasSameSizeAs(before);
  }

  private String ofRows() {
    return engine() == Engine.MARIADB ? "travaso_before" : "travaso.before";
  }

  private String ledgerTable() {
    return engine() == Engine.MARIADB ? "travaso_run" : "travaso.run";
  }

  @Test
  void countsWhatWasLoaded() {
    List<String> before = contents();
    Map<TableId, Long> rows;
    try (Beside beside = whole().create("verify")) {
      beside.load(dump);
      rows = beside.rows();
      assertThat(beside.sequences()).isNotNull();
    }

    assertThat(rows).hasSameSizeAs(database.tables());
    for (Map.Entry<TableId, Long> table : rows.entrySet()) {
      assertThat(database.rows("SELECT count(*) FROM " + table.getKey().name()))
          .containsExactly(String.valueOf(table.getValue()));
    }
    assertSame(before, contents());
  }

  @Test
  void leavesAllAsItWasWhereTheDumpIsCut() throws IOException {
    List<String> before = contents();
    byte[] whole = Files.readAllBytes(dump);
    for (int part : List.of(1, 3)) {
      Files.write(dump, Arrays.copyOf(whole, whole.length * part / 4));

      assertThatThrownBy(() -> restore(whole()))
          .isInstanceOf(SyncException.class)
          .hasMessageContaining(String.valueOf(dump));
    }
    assertSame(before, contents());
    assertThat(told).isEmpty();
  }

  @Test
  void refusesWhileOthersAreConnectedAndNamesThem() throws SQLException {
    List<String> before = contents();
    try (Connection other = database.connect()) {
      SyncException e = catchThrowableOfType(SyncException.class, () -> restore(whole()));

      assertThat(e).isNotNull();
      assertThat(e.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(e.what()).contains("others are connected to the database " + database.name());
      assertThat(e.details()).anyMatch(line -> line.contains(database.user()));
      assertThat(other.isValid(2)).isTrue();
    }
    assertSame(before, contents());
  }

  @Test
  void endsOtherSessionsWhenTold() throws SQLException {
    List<String> before = contents();
    database.executeAsAdmin(changes());
    try (Connection other = database.connect()) {
      restore(whole().disconnectingOthers());

      assertThat(other.isValid(2)).isFalse();
    }
    assertSame(before, contents());
  }

  @Test
  void tellsAllRightsThatLack() {
    List<String> before = databases();
    SyncException e =
        catchThrowableOfType(SyncException.class, () -> whole(weak()).create("restore").close());

    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(SyncException.Kind.REFUSED);
    assertThat(e.what()).contains("may not replace the database " + database.name());
    assertThat(e.details()).isNotEmpty();
    assertThat(databases()).isEqualTo(before);
  }

  /** A clone's: whoever owned it elsewhere, here it belongs to the usual account. */
  @Test
  void givesAllToTheUsualAccount() {
    try (Beside beside = whole().create("clone")) {
      beside.load(dump, Owners.USUAL);
      beside.swap();
    }
    assertThat(owners()).containsOnly(database.user());
  }

  /** An account that may not replace the database. */
  abstract ConnectionSettings weak();

  /** Who owns tables, views and routines, or is their definer. */
  abstract List<String> owners();
}
