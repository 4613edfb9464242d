package io.travaso.backup;

import static io.travaso.backup.Dumps.request;
import static io.travaso.backup.Dumps.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.file.Sha256;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine's backups in a folder keep to. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BackupStoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");

  @TempDir Path folder;
  private TestDatabase database;
  private DumpTool tool;
  private String firstName = "";
  private Path directory;
  private BackupStore store;

  abstract Engine engine();

  /** Some 20,000 rows. */
  abstract String[] rows();

  /** What to run instead of the program, so that the dump fails; {@code $real} is the program. */
  abstract List<String> failures();

  @BeforeAll
  void fill() {
    database = engine().shared().newDatabase();
    database.execute(rows());
    tool = Dumps.tool(database);
    firstName = "pre_sync_20260301_123456" + tool.ending();
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @BeforeEach
  void open() {
    directory = folder.resolve("backups/sync");
    store = store(10, NOW);
  }

  @Test
  void takesABackupThatIsWhole() throws IOException {
    Backup backup = store.take(request(BackupLabel.PRE_SYNC), tool);

    assertThat(backup.file()).isEqualTo(directory.resolve(firstName));
    assertThat(backup.bytes()).isEqualTo(Files.size(backup.file())).isGreaterThan(1000);
    assertThat(backup.sha256()).isEqualTo(Sha256.of(backup.file()));
    assertThat(backup.takenAt()).isEqualTo(NOW);
    assertThat(mode(backup.file())).isEqualTo("rw-------");
    assertThat(mode(directory.resolve(firstName + ".json"))).isEqualTo("rw-------");
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("backups"))).isEqualTo("rwx------");
    assertThat(names()).containsExactly(firstName, firstName + ".json");
    assertThat(store.list()).containsExactly(backup);
    assertThat(store.verify(backup, tool)).isEqualTo(backup);
    assertThat(store.broken()).isEmpty();
    assertThat(store.find(firstName)).contains(backup);
  }

  @Test
  void namesBackupsByKindAndByTheHostsOwnTime() {
    BackupStore rome = new BackupStore(directory, 3, Clock.fixed(NOW, ZoneId.of("Europe/Rome")));

    assertThat(rome.take(request(BackupLabel.PRE_SYNC), tool).name())
        .isEqualTo("pre_sync_20260301_133456" + tool.ending());
    assertThat(rome.take(request(BackupLabel.PRE_SYNC), tool).name())
        .isEqualTo("pre_sync_20260301_133456_2" + tool.ending());
    assertThat(rome.take(request(BackupLabel.PRE_SYNC), tool).name())
        .isEqualTo("pre_sync_20260301_133456_3" + tool.ending());
    assertThat(rome.take(request(BackupLabel.PRE_ROLLBACK), tool).name())
        .isEqualTo("pre_rollback_20260301_133456" + tool.ending());
    assertThat(rome.take(request(BackupLabel.MANUAL), tool).name())
        .isEqualTo("backup_20260301_133456" + tool.ending());
  }

  @Test
  void listsTheNewestFirstAlsoAfterTheClockWasSetBack() {
    Backup first = store(10, NOW).take(request(BackupLabel.PRE_SYNC), tool);
    Backup second =
        store(10, NOW.minus(Duration.ofDays(4000))).take(request(BackupLabel.PRE_SYNC), tool);
    Backup third = store(10, NOW).take(request(BackupLabel.PRE_SYNC), tool);

    assertThat(store.list()).containsExactly(third, second, first);
    assertThat(store(1, NOW).retain()).containsExactly(second, first);
  }

  @Test
  void remembersEverythingAboutABackup() {
    BackupRequest request =
        new BackupRequest(
            BackupLabel.MANUAL, "pròd \"x\"", null, List.of(new TableId("a.b", "c\nd")), 12, 0);

    Backup taken = store.take(request, tool);

    Backup read = store.list().get(0);
    assertThat(read).isEqualTo(taken);
    assertThat(read.runId()).isNull();
    assertThat(read.tables()).containsExactly(new TableId("a.b", "c\nd"));
    assertThat(read.serverMajor()).isEqualTo(12);
    assertThat(read.toolVersion()).isEqualTo(tool.toolVersion());
  }

  @ParameterizedTest
  @MethodSource("failures")
  @Holds(value = "A6", as = Outcome.REFUSED)
  void leavesNothingWhereADumpFails(String script) throws IOException {
    DumpTool failing = Dumps.wrapped(database, folder, script);

    assertThatThrownBy(() -> store.take(request(BackupLabel.PRE_SYNC), failing))
        .isInstanceOf(SyncException.class)
        .message()
        .containsAnyOf("could not dump the database", "was killed by a signal", "in full");

    assertThat(names()).isEmpty();
    assertThat(store.take(request(BackupLabel.PRE_SYNC), tool).name()).isEqualTo(firstName);
  }

  @Test
  void asksForTheSpaceFirst() throws IOException {
    BackupRequest huge =
        new BackupRequest(BackupLabel.PRE_SYNC, "prod", null, List.of(), 15, Long.MAX_VALUE);

    assertThatThrownBy(() -> store.take(huge, tool))
        .hasMessageContaining("may need " + Long.MAX_VALUE + " bytes, and ");
    assertThat(names()).isEmpty();
  }

  @Test
  void saysWhenItsFolderCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("backups"));
    Files.writeString(directory, "a file");

    assertThatThrownBy(() -> store.take(request(BackupLabel.PRE_SYNC), tool))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("could not take a backup in " + directory);
    assertThat(store.list()).isEmpty();
    assertThat(store.retain()).isEmpty();
  }

  @Test
  void refusesASecondBackupAtTheSameTime() throws Exception {
    Files.createDirectories(directory);
    try (BackupLock lock = BackupLock.take(directory)) {
      assertThatThrownBy(() -> store.take(request(BackupLabel.PRE_SYNC), tool))
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("another backup is being taken in " + directory);
      lock.deleteParts();
    }
    store.take(request(BackupLabel.PRE_SYNC), tool);
  }

  @Test
  @Holds(value = "A6", as = Outcome.REFUSED)
  void findsEveryDamage() throws IOException {
    Backup backup = store.take(request(BackupLabel.PRE_SYNC), tool);
    byte[] whole = Files.readAllBytes(backup.file());
    for (int at : List.of(0, 1, whole.length / 3, whole.length / 2, whole.length - 1)) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(backup.file(), flipped);
      assertThat(damage(backup)).contains(firstName, "its bytes have changed since it was taken");
    }
    Files.write(backup.file(), java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThat(damage(backup)).contains("bytes instead of " + whole.length);
    Files.delete(backup.file());
    assertThat(damage(backup)).contains("there is no such file");
    Path elsewhere = Files.write(folder.resolve("elsewhere"), whole);
    Files.createSymbolicLink(backup.file(), elsewhere);
    assertThat(damage(backup)).as("a symlink").contains("there is no such file");
    Files.delete(backup.file());
    Files.write(backup.file(), whole);
    assertThat(store.verify(backup, tool)).isEqualTo(backup);
  }

  @Test
  @Holds(value = "G4", as = Outcome.REFUSED)
  void findsADumpWhoseHashIsRightAndWhichCannotBeRead() throws IOException {
    Backup backup = store.take(request(BackupLabel.PRE_SYNC), tool);
    byte[] half =
        java.util.Arrays.copyOf(Files.readAllBytes(backup.file()), (int) backup.bytes() / 2);
    Files.write(backup.file(), half);
    Path sidecar = directory.resolve(firstName + ".json");
    Files.writeString(
        sidecar,
        Files.readString(sidecar)
            .replace(backup.sha256(), Sha256.of(backup.file()))
            .replace("\"bytes\" : " + backup.bytes(), "\"bytes\" : " + half.length));

    assertThatThrownBy(() -> store.verify(store.list().get(0), tool))
        .hasMessageContaining("could not read the backup");
  }

  @Test
  void passesOverBrokenBackups() throws IOException {
    List<Backup> backups = take(5);
    Files.write(backups.get(4).file(), new byte[10]);
    Files.delete(backups.get(3).file());
    Files.writeString(BackupName.sidecarOf(backups.get(2).file()), "{\"version\":");
    store.take(request(BackupLabel.MANUAL), tool);

    LastWhole last = store.lastWhole(BackupLabel.PRE_SYNC, tool);

    assertThat(last.backup()).contains(backups.get(1));
    assertThat(last.passedOver())
        .extracting(BrokenBackup::name)
        .containsExactly(backups.get(2).name(), backups.get(4).name(), backups.get(3).name());
    assertThat(last.passedOver().get(0).why()).contains("its description can't be read");
    assertThat(last.passedOver().get(1).why()).contains("it has 10 bytes instead of");
    assertThat(last.passedOver().get(2).why()).contains("there is no such file");
    assertThat(store.lastWhole(BackupLabel.PRE_ROLLBACK, tool))
        .isEqualTo(new LastWhole(java.util.Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "not json",
        "{\"version\":1}",
        "{\"version\":2,\"sequence\":1,\"bytes\":1,\"sha256\":\"%s\",\"takenAt\":\"2026-03-01T12:34:56Z\",\"environment\":\"e\",\"runId\":null,\"tables\":[],\"serverMajor\":15,\"toolVersion\":\"x\"}",
        "{\"version\":1,\"sequence\":1,\"bytes\":1,\"sha256\":\"abc\",\"takenAt\":\"2026-03-01T12:34:56Z\",\"environment\":\"e\",\"runId\":null,\"tables\":[],\"serverMajor\":15,\"toolVersion\":\"x\"}",
        "{\"version\":1,\"sequence\":1,\"bytes\":1,\"sha256\":\"%s\",\"takenAt\":\"yesterday\",\"environment\":\"e\",\"runId\":null,\"tables\":[],\"serverMajor\":15,\"toolVersion\":\"x\"}",
        "{\"version\":1,\"sequence\":1,\"bytes\":1,\"sha256\":null,\"takenAt\":\"2026-03-01T12:34:56Z\",\"environment\":\"e\",\"runId\":null,\"tables\":null,\"serverMajor\":15,\"toolVersion\":\"x\"}",
        "{\"version\":1,\"sequence\":1,\"bytes\":1,\"sha256\":\"%s\",\"takenAt\":\"2026-03-01T12:34:56Z\",\"environment\":\"e\",\"runId\":null,\"tables\":[],\"serverMajor\":15,\"toolVersion\":\"x\"}"
            + " trailing",
      })
  void describesNoBackupByABadSidecar(String json) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(firstName + ".json"), json.replace("%s", "0".repeat(64)));

    assertThat(store.list()).isEmpty();
    assertThat(store.broken()).extracting(BrokenBackup::name).containsExactly(firstName);
  }

  @Test
  void readsNoSidecarThroughASymlink() throws IOException {
    Backup backup = store.take(request(BackupLabel.PRE_SYNC), tool);
    Path sidecar = directory.resolve(firstName + ".json");
    Path moved = Files.move(sidecar, folder.resolve("moved.json"));
    Files.createSymbolicLink(sidecar, moved);

    assertThat(store.list()).isEmpty();
    assertThat(store.broken())
        .containsExactly(new BrokenBackup(backup.name(), "its description is not a regular file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../pre_sync_20260301_123456.dump", "/etc/passwd", "x", "", "*", "a\0b"})
  @Holds(value = "G4", as = Outcome.REFUSED)
  void findsNothingByAStrangeName(String name) throws IOException {
    Backup backup = store.take(request(BackupLabel.PRE_SYNC), tool);
    Files.copy(backup.file(), directory.resolve("../" + firstName));
    Files.copy(BackupName.sidecarOf(backup.file()), directory.resolve("../" + firstName + ".json"));

    assertThat(store.find(name)).isEmpty();
  }

  @Test
  void keepsTheNewestAndWhatIsNotItsOwn() throws IOException {
    List<Backup> backups = take(5);
    Backup rollback = store.take(request(BackupLabel.PRE_ROLLBACK), tool);
    String foreign = "pre_sync_20200101_000000" + tool.ending();
    for (String name :
        List.of(
            foreign, "notes.txt", "mygest.dump", "mygest.dump.json", "x.part", "other.dump.part")) {
      Files.writeString(directory.resolve(name), "not ours");
    }
    Files.writeString(
        directory.resolve("pre_sync_20250101_000000" + tool.ending() + ".part"), "half");
    Files.writeString(
        directory.resolve("pre_sync_20250101_000000" + tool.ending() + ".json.part"), "half");

    List<Backup> deleted = store(2, NOW).retain();

    assertThat(deleted).containsExactly(backups.get(2), backups.get(1), backups.get(0));
    assertThat(store.list()).containsExactly(rollback, backups.get(4), backups.get(3));
    assertThat(names())
        .contains(
            foreign, "notes.txt", "mygest.dump", "mygest.dump.json", "x.part", "other.dump.part")
        .doesNotContain(backups.get(0).name(), backups.get(0).name() + ".json")
        .noneMatch(name -> name.startsWith("pre_sync_20250101"));
    assertThat(store(2, NOW).retain()).isEmpty();
  }

  @Test
  void keepsOneThatIsWholeWhateverItsAge() throws IOException {
    List<Backup> backups = take(5);
    for (int broken : List.of(2, 3, 4)) {
      Files.write(backups.get(broken).file(), new byte[1]);
    }

    assertThat(store(2, NOW).retain()).containsExactly(backups.get(2), backups.get(0));

    assertThat(store.lastWhole(BackupLabel.PRE_SYNC, tool).backup()).contains(backups.get(1));
  }

  @Test
  void startsCleanAfterAProcessWasKilled() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(firstName + ".part"), "half of a dump");

    assertThat(store.take(request(BackupLabel.PRE_SYNC), tool).name()).isEqualTo(firstName);
    assertThat(names()).containsExactly(firstName, firstName + ".json");
  }

  private BackupStore store(int keep, Instant now) {
    return new BackupStore(directory, keep, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** So many backups, oldest first. */
  private List<Backup> take(int count) {
    List<Backup> backups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      backups.add(store.take(request(BackupLabel.PRE_SYNC), tool));
    }
    return backups;
  }

  private String damage(Backup backup) {
    return text(catchThrowableOfType(SyncException.class, () -> store.verify(backup, tool)));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** What is in the folder besides the lock. */
  private List<String> names() throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".travaso.lock"))
          .sorted()
          .toList();
    }
  }
}
