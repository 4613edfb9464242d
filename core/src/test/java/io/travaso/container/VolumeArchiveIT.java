package io.travaso.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.file.Sha256;
import io.travaso.host.Command;
import io.travaso.host.LocalHost;
import io.travaso.testing.DockerEngine.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of a real engine, archived and restored. */
class VolumeArchiveIT {
  private static final io.travaso.testing.DockerEngine TESTS =
      io.travaso.testing.DockerEngine.get();
  private static final String PREFIX = TESTS.uniqueName("volume");

  /** Everything a volume may hold, made as root. */
  private static final String CONTENT =
      """
      set -e
      cd /data && find . -mindepth 1 -delete
      chmod 2755 . && chown 33:33 .
      mkdir -p empty deep/$(printf 'd%.0s' $(seq 100))/$(printf 'e%.0s' $(seq 100))
      echo text > deep/$(printf 'd%.0s' $(seq 100))/$(printf 'e%.0s' $(seq 100))/file
      echo setuid > program && chown 4242:70000 program && chmod 4750 program
      ln program hard\\ link && ln -s /etc/passwd absolute && ln -s ../../nowhere dangling
      printf x > 'odd "name'$'\\n'"with 'lines' \\\\ and ünïcødé" && printf y > -dash && printf z > .hidden
      printf '\\xff\\xfe' > "$(printf 'not-utf8-\\xe9')"
      truncate -s 64M sparse && printf end >> sparse
      head -c 3000000 /dev/urandom > random
      mkfifo pipe && chmod 1777 empty
      touch -d '2001-02-03 04:05:06.123456789 UTC' random empty
      chown -h 99:98 dangling
      """;

  private static final String LISTING =
      """
      cd /data
      find . -printf '%P|%y|%m|%U|%G|%T@|%l|%n|%b\\n' | sort | cat -v
      find . -type f -print0 | sort -z | xargs -0 sha256sum | cat -v
      """;

  private static DockerEngine engine;
  private static Container stopped;

  @TempDir private Path folder;
  private Path file;

  @BeforeAll
  static void start() {
    TESTS.docker("create", "--name", PREFIX, "-v", PREFIX + ":/data", base(), "sleep", "1000");
    engine = DockerEngine.find(new LocalHost());
    stopped = engine.inspect(PREFIX);
    inVolume(CONTENT);
  }

  @AfterAll
  static void stop() {
    TESTS.removeAll(PREFIX);
  }

  @BeforeEach
  void file() {
    file = folder.resolve("backup/volume.tar.zst");
  }

  private static String base() {
    return Image.BASE.reference();
  }

  private static String inVolume(String script) {
    String mount = PREFIX + ":/data";
    return TESTS.docker("run", "--rm", "-v", mount, "--user=0", base(), "bash", "-c", script);
  }

  @Test
  void whatIsRestoredIsWhatWasArchived() throws IOException {
    String before = inVolume(LISTING);
    VolumeArchive.Info info = new VolumeArchive().write(stopped, "/data", file, Progress.SILENT);

    assertThat(info.files()).isEqualTo(16);
    assertThat(info.bytes()).isEqualTo(Files.size(file)).isBetween(3_000_000L, 3_200_000L);
    assertThat(info.sha256()).isEqualTo(Sha256.of(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new VolumeArchive().prove(file)).isEqualTo(info);

    inVolume("cd /data; rm -rf deep random; echo new > .new; mkdir random; chmod 700 .");
    assertThat(inVolume(LISTING)).isNotEqualTo(before);
    new VolumeArchive().restore(stopped, "/data/", file, Progress.SILENT);

    assertThat(inVolume(LISTING)).isEqualTo(before);
    assertThat(TESTS.docker("ps", "-a", "--format", "{{.Names}}")).doesNotContain("travaso-volume");
  }

  @Test
  void aFolderOfAVolumeIsRestoredAloneAlsoIntoAnEmptyOne() {
    new VolumeArchive().write(stopped, "/data/deep", file, Progress.SILENT);
    String before = inVolume(LISTING);
    String name = PREFIX + "-empty";
    TESTS.docker("create", "--name", name, "-v", name + ":/fresh", base(), "true");

    new VolumeArchive().restore(stopped, "/data/deep", file, Progress.SILENT);
    new VolumeArchive().restore(engine.inspect(name), "/fresh/x/y", file, Progress.SILENT);

    assertThat(inVolume(LISTING)).isEqualTo(before);
    assertThat(TESTS.docker("run", "--rm", "-v", name + ":/v", base(), "find", "/v", "-type", "f"))
        .startsWith("/v/x/y/ddd")
        .endsWith("/file");
  }

  @Test
  void filesThatChangeWhileTheyAreReadAreRefused() {
    String name = PREFIX + "-busy";
    String endless = "head -c 9000000 /dev/urandom > /v/log; while :; do echo x >> /v/log; done";
    TESTS.docker("run", "-d", "--name", name, "-v", name + ":/v", base(), "bash", "-c", endless);

    SyncException failure =
        failure(
            () -> {
              for (int i = 0; i < 5; i++) {
                new VolumeArchive().write(engine.inspect(name), "/v", file, Progress.SILENT);
              }
            });
    assertThat(failure.kind()).isEqualTo(SyncException.Kind.REFUSED);
    assertThat(failure.details()).anySatisfy(it -> assertThat(it).contains("./log: file changed"));
    TESTS.docker("pause", name);
    assertThat(new VolumeArchive().write(engine.inspect(name), "/v", file, Progress.SILENT).files())
        .isEqualTo(1);
    TESTS.docker("unpause", name);
    TESTS.docker("kill", name);
  }

  @Test
  void nothingIsRestoredWhereItWouldBeLostOrInUse() {
    new VolumeArchive().write(stopped, "/data", file, Progress.SILENT);
    String other = PREFIX + "-other";
    TESTS.docker(
        "run", "-d", "--name", other, "-v", PREFIX + ":/elsewhere", base(), "sleep", "100");

    SyncException inUse =
        failure(() -> new VolumeArchive().restore(stopped, "/data", file, Progress.SILENT));
    assertThat(inUse).hasMessageContaining("is in use by a container that runs");
    assertThat(inUse.hint()).isEqualTo("stop it first: docker stop " + other);
    TESTS.docker("rm", "-f", other);
    assertThat(failure(() -> new VolumeArchive().restore(stopped, "/dat", file, Progress.SILENT)))
        .hasMessageContaining("is in no volume: what is there is lost with the container")
        .extracting(SyncException::hint)
        .isEqualTo("did you mean \"/data\"?");
    assertThat(
            failure(
                () -> new VolumeArchive().write(stopped, "/data/random", file, Progress.SILENT)))
        .hasMessageContaining("is not a folder");
  }

  @Test
  void aBrokenArchiveChangesNothing() throws IOException {
    String before = inVolume(LISTING);
    new VolumeArchive().write(stopped, "/data", file, Progress.SILENT);
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);

    assertThat(failure(() -> new VolumeArchive().restore(stopped, "/data", file, Progress.SILENT)))
        .hasMessageContaining("can't be read to its end");
    assertThat(inVolume(LISTING)).isEqualTo(before);
  }

  @Test
  void whereNothingHasTarDockerArchives() throws IOException {
    Path tar = folder.resolve("image.tar");
    new LocalHost()
        .run(
            Command.of(
                "tar", "-cf", tar.toString(), "-C", folder.toString(), "--files-from=/dev/null"))
        .orThrow("make an empty image");
    String image = PREFIX + ":bare";
    TESTS.docker("import", tar.toString(), image);
    String name = PREFIX + "-bare";
    TESTS.docker("create", "--name", name, "-v", PREFIX + ":/data", image, "/none");
    try {
      Container bare = engine.inspect(name);
      assertThat(new VolumeArchive().write(bare, "/data", file, Progress.SILENT).files())
          .isEqualTo(16);
      assertThat(failure(() -> new VolumeArchive().restore(bare, "/data", file, Progress.SILENT)))
          .hasMessageContaining("has sh, find and tar");
      String before = inVolume(LISTING);
      new VolumeArchive().restore(stopped, "/data", file, Progress.SILENT);
      assertThat(inVolume("cd /data; sha256sum random; stat -c %u:%g:%a program"))
          .isEqualTo(
              before
                      .lines()
                      .filter(it -> it.endsWith("./random"))
                      .findFirst()
                      .orElseThrow()
                      .replace("./random", "random")
                  + "\n4242:70000:4750");
      inVolume(CONTENT);
    } finally {
      TESTS.docker("rm", "-f", name);
      TESTS.docker("rmi", image);
    }
  }

  private static SyncException failure(Runnable work) {
    return catchThrowableOfType(SyncException.class, work::run);
  }
}
