package io.travaso.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir Path directory;

  private ServiceFolder folder(int keep, @Nullable Integer days, Instant now) {
    return MadeBackups.folder(directory, keep, days, now);
  }

  private ServiceBackup take(BackupPurpose purpose, int daysAgo) throws IOException {
    Instant at = NOW.minus(Duration.ofDays(daysAgo));
    return MadeBackups.take(folder(1, null, at), purpose, at);
  }

  private List<String> names() {
    return folder(1, null, NOW).list().stream().map(ServiceBackup::name).toList();
  }

  @Test
  void namesThemByTheSecondAndListsTheNewestFirst() throws IOException {
    take(BackupPurpose.MANUAL, 1);
    take(BackupPurpose.MANUAL, 0);
    ServiceBackup third = take(BackupPurpose.MANUAL, 0);
    // A clock that was set back does not make it older.
    take(BackupPurpose.MANUAL, 400);

    assertThat(names())
        .containsExactly(
            "wiki_20251017_030000",
            "wiki_20261121_030000_2",
            "wiki_20261121_030000",
            "wiki_20261120_030000");
    Path folder = Path.of(third.directory());
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("manifest.json"))).isEqualTo("rw-------");
    assertThat(third.contents().sequence()).isEqualTo(3);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void keepsSoManyOfEachPurposeAndThoseThatAreYoung() throws IOException {
    for (int days : List.of(40, 30, 20, 10, 5, 1)) {
      take(BackupPurpose.MANUAL, days);
    }
    take(BackupPurpose.PRE_RESTORE, 50);

    assertThat(folder(2, 15, NOW).retain())
        .containsExactly("wiki_20261101_030000", "wiki_20261022_030000", "wiki_20261012_030000");
    assertThat(folder(2, 15, NOW).retain()).isEmpty();
    assertThat(folder(2, 15, NOW.plus(Duration.ofDays(30))).retain())
        .containsExactly("wiki_20261111_030000");
    assertThat(names()).hasSize(3).contains("wiki_20261002_030000");
  }

  @Test
  void keepsWhatWasThereBeforeARestoreThatWasCutOff() throws IOException {
    for (int days : List.of(3, 2, 1)) {
      take(BackupPurpose.PRE_RESTORE, days);
    }
    StillFile still = new StillFile(MadeBackups.settings(directory, 1, null));
    still.write(
        new Quiesced(
            "wiki",
            "prod",
            Quiesced.Reason.REPLACED,
            "a restore",
            "2026-11-19T03:00:00Z",
            List.of(),
            List.of(),
            false,
            "wiki_20261118_030000"));

    assertThat(folder(1, null, NOW).retain()).containsExactly("wiki_20261119_030000");
    still.delete();
    assertThat(folder(1, null, NOW).retain()).containsExactly("wiki_20261118_030000");
  }

  @Test
  void keepsOneThatIsWholeAndWhatIsNotItsOwn() throws IOException {
    ServiceBackup whole = take(BackupPurpose.MANUAL, 3);
    for (int days : List.of(2, 1)) {
      ServiceBackup broken = take(BackupPurpose.MANUAL, days);
      flip(Path.of(broken.directory(), "volume-pages.tar.zst"));
    }
    MadeBackups.take(folder(1, null, NOW), BackupPurpose.MANUAL, NOW, "other");
    Files.createDirectory(directory.resolve("wiki_notes"));
    Files.createDirectory(directory.resolve("blog_20200101_000000"));

    assertThat(folder(1, null, NOW).retain()).containsExactly("wiki_20261119_030000");
    assertThat(names()).contains(whole.name(), "wiki_20261121_030000").hasSize(3);
    assertThat(all()).contains("wiki_notes", "blog_20200101_000000");
  }

  private List<String> all() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void saysWhatIsWrongWithABackup() throws IOException {
    ServiceBackup flipped = take(BackupPurpose.MANUAL, 5);
    flip(Path.of(flipped.directory(), "volume-pages.tar.zst"));
    ServiceBackup cut = take(BackupPurpose.MANUAL, 4);
    Files.writeString(Path.of(cut.directory(), "volume-pages.tar.zst"), "cut");
    ServiceBackup lost = take(BackupPurpose.MANUAL, 3);
    Files.delete(Path.of(lost.directory(), "volume-pages.tar.zst"));
    ServiceBackup pointing = take(BackupPurpose.MANUAL, 2);
    Path manifest = Path.of(pointing.directory(), "manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("volume-pages", "../volume-pages"));
    Files.createDirectory(directory.resolve("wiki_20200101_000000"));

    assertThat(ServiceFolder.damage(again(flipped)))
        .hasValue("the bytes of volume-pages.tar.zst have changed since it was taken (SHA-256)");
    assertThat(again(cut).broken()).isEqualTo("volume-pages.tar.zst has 3 bytes instead of 29");
    assertThat(again(lost).broken()).isEqualTo("there is no volume-pages.tar.zst");
    assertThat(again(pointing).broken())
        .isEqualTo("its manifest names a file that is none of a backup");
    assertThat(folder(1, null, NOW).list())
        .filteredOn(it -> it.name().equals("wiki_20200101_000000"))
        .singleElement()
        .satisfies(it -> assertThat(it.broken()).isEqualTo("there is no manifest.json"));
    assertThatThrownBy(() -> again(lost).contents())
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("is broken: there is no volume-pages.tar.zst");
  }

  private ServiceBackup again(ServiceBackup backup) {
    return folder(1, null, NOW).list().stream()
        .filter(it -> it.name().equals(backup.name()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyOneWorksOnAServiceAndFindsWhatWasLeft() throws IOException {
    ServiceFolder folder = folder(1, null, NOW);
    Path left = folder.begin();
    Files.writeString(left.resolve("db-main.dump"), "half of it");

    try (ServiceLock lock = folder.lock()) {
      assertThatThrownBy(() -> folder(1, null, NOW).lock())
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("another command is at work on wiki");
      lock.during(
          () -> {
            folder.deleteParts();
            return left;
          });
    }

    assertThat(left).doesNotExist();
    folder.lock().close();
  }

  @Test
  void findsABackupByTheBeginOfItsName() throws IOException {
    ServiceBackup first = take(BackupPurpose.MANUAL, 1);
    take(BackupPurpose.MANUAL, 0);
    ServiceBackup third = take(BackupPurpose.MANUAL, 0);
    List<ServiceBackup> list = folder(1, null, NOW).list();

    assertThat(chosen("wiki_20261120", list)).isEqualTo(first.name());
    assertThat(chosen("wiki_20261121_030000", list)).isEqualTo("wiki_20261121_030000");
    assertThat(chosen("wiki_20261121_030000_", list)).isEqualTo(third.name());
    assertThatThrownBy(() -> chosen("wiki_202611", list))
        .hasMessage("3 backups begin with wiki_202611");
    assertThatThrownBy(() -> chosen("wikki_20261120_030000", list))
        .extracting(e -> ((SyncException) e).hint())
        .isEqualTo("did you mean wiki_20261120_030000?");
  }

  private static String chosen(String name, List<ServiceBackup> list) {
    return BackupChoice.of(name, list, List.of()).requireService().name();
  }
}
