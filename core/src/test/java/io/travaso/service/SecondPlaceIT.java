package io.travaso.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Place;
import io.travaso.config.Surroundings;
import io.travaso.file.Sha256;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of backups on another host, which lets nobody run a command. */
class SecondPlaceIT {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static SshServer server;

  @TempDir Path here;
  @TempDir Path there;

  @BeforeAll
  static void start() {
    server = SshServer.builder().option("ForceCommand internal-sftp").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private SecondPlace place(Path knownHosts, int keep) {
    return new SecondPlace(
        new Place(
            "offsite",
            server.host(),
            server.port(),
            server.user(),
            "~/" + server.clientKey().getFileName(),
            knownHosts.toString(),
            there + "/copies",
            keep),
        new Surroundings(Map.of(), here, server.folder()));
  }

  private ServiceBackup take(int day) throws IOException {
    Instant at = NOW.plus(Duration.ofDays(day));
    return MadeBackups.take(MadeBackups.folder(here, 9, null, at), BackupPurpose.MANUAL, at);
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(there.resolve("copies"))) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void keepsTheNewestCopies() throws IOException {
    Files.createDirectories(there.resolve("copies/wiki_20200101_000000.part"));
    Files.writeString(there.resolve("copies/wiki_20200101_000000.part/db-x.dump"), "half");
    Files.createDirectories(there.resolve("copies/wiki_20190101_000000"));
    List<String> told = new ArrayList<>();
    ServiceBackup backup = take(0);
    String where = place(server.knownHosts(), 2).copy(backup, Progress.SILENT);
    place(server.knownHosts(), 2).copy(take(1), Progress.SILENT);
    place(server.knownHosts(), 2).copy(take(2), telling(told));

    assertThat(where).endsWith(there + "/copies/wiki_20261121_030000");
    // What can't be described is left alone, what was cut off is not.
    assertThat(copies())
        .containsExactly("wiki_20190101_000000", "wiki_20261122_030000", "wiki_20261123_030000");
    assertThat(told).containsExactly("removed from offsite: wiki_20261121_030000");
    Path copy = there.resolve("copies/wiki_20261123_030000");
    for (String file : List.of("manifest.json", "volume-pages.tar.zst")) {
      assertThat(Sha256.of(copy.resolve(file)))
          .isEqualTo(Sha256.of(here.resolve("wiki_20261123_030000").resolve(file)));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  private static Progress telling(List<String> lines) {
    return new Progress() {
      @Override
      public void at(String work, long done, long total) {}

      @Override
      public void tells(String line) {
        lines.add(line);
      }
    };
  }

  @Test
  void aCopyThatFailsLeavesTheBackupGoodAndSaysSo() throws IOException {
    ServiceBackup backup = take(0);
    Path strangers = Files.createFile(here.resolve("known_hosts"));

    SyncException failure =
        catchThrowableOfType(
            SyncException.class, () -> place(strangers, 2).copy(backup, Progress.SILENT));

    assertThat(failure.kind()).isEqualTo(SyncException.Kind.HOST);
    assertThat(failure.what())
        .startsWith(
            "the backup wiki_20261121_030000 is good in %s, but its copy to offsite failed: "
                .formatted(backup.directory()))
        .contains("key");
    assertThat(MadeBackups.folder(here, 9, null, NOW).list()).hasSize(1);
  }

  @Test
  void neitherReplacesACopyNorAnothersOfTheSameName() throws IOException {
    SecondPlace place = place(server.knownHosts(), 1);
    ServiceBackup backup = take(0);
    place.copy(backup, Progress.SILENT);
    Path manifest = there.resolve("copies/wiki_20261121_030000/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("/srv/wiki/", "/srv/other/"));

    SyncException failure =
        catchThrowableOfType(SyncException.class, () -> place.copy(backup, Progress.SILENT));
    place.copy(take(1), Progress.SILENT);

    assertThat(failure.what()).contains("is there already");
    assertThat(copies()).containsExactly("wiki_20261121_030000", "wiki_20261122_030000");
  }
}
