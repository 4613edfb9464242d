package io.travaso.host;

import static io.travaso.host.HostContract.assertFailure;
import static io.travaso.host.HostContract.mode;
import static io.travaso.host.HostContract.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Progress;
import io.travaso.file.Arriving;
import io.travaso.file.Sha256;
import io.travaso.testing.BreakingProxy;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transfers that are cut, and what the next attempt makes of what they left. */
@Timeout(60)
class SshTransferIT {
  private static final int SIZE = 50_000_000;
  private static final long MOST_AGAIN = SIZE * 15L / 100;

  @TempDir Path here;
  @TempDir Path there;
  private SshServer server;
  private BreakingProxy proxy;
  private Path known;
  private Path source;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    server = SshServer.start();
    proxy = BreakingProxy.to(server);
    known = BreakingProxy.knownHosts(server, proxy);
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    source = Files.write(here.resolve("source"), content);
    sha256 = Sha256.of(source);
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @Test
  void goesOnWithAnUploadThatWasCut() throws IOException {
    cutUpload("first");
    assertThat(names(there)).containsExactly(Arriving.partName(sha256));

    Traffic traffic = upload("second");

    assertThat(there.resolve("second")).hasSameBinaryContentAs(source);
    assertThat(mode(there.resolve("second"))).isEqualTo("rw-------");
    assertThat(names(there)).containsExactly("second");
    assertThat(traffic.sentBytes()).isLessThanOrEqualTo(MOST_AGAIN);
  }

  @Test
  void goesOnWithADownloadThatWasCut() throws IOException {
    Path far = Files.copy(source, there.resolve("file"));
    cutDownload(far, "first");
    assertThat(names(here)).containsExactlyInAnyOrder("source", Arriving.partName(sha256));

    Traffic traffic = download(far, "second");

    assertThat(here.resolve("second")).hasSameBinaryContentAs(source);
    assertThat(mode(here.resolve("second"))).isEqualTo("rw-------");
    assertThat(names(here)).containsExactlyInAnyOrder("source", "second");
    assertThat(traffic.receivedBytes()).isLessThanOrEqualTo(MOST_AGAIN);
  }

  @Test
  void beginsAnewWhereWhatArrivedIsNotHowTheFileBegins() throws IOException {
    Path far = Files.copy(source, there.resolve("file"));
    cutUpload("up");
    cutDownload(far, "down");
    damage(there.resolve(Arriving.partName(sha256)));
    damage(here.resolve(Arriving.partName(sha256)));

    Traffic sent = upload("up");
    Traffic received = download(far, "down");

    assertThat(there.resolve("up")).hasSameBinaryContentAs(source);
    assertThat(here.resolve("down")).hasSameBinaryContentAs(source);
    assertThat(sent.sentBytes()).isGreaterThan(SIZE);
    assertThat(received.receivedBytes()).isGreaterThan(SIZE);
    assertThat(names(there)).containsExactlyInAnyOrder("file", "up");
    assertThat(names(here)).containsExactlyInAnyOrder("source", "down");
  }

  @Test
  void givesTheNameToWhatHadArrivedInFull() throws IOException {
    Files.copy(source, there.resolve(Arriving.partName(sha256)));

    Traffic traffic = upload("file");

    assertThat(names(there)).containsExactly("file");
    assertThat(traffic.sentBytes()).isLessThan(100_000);
  }

  @Test
  void takesNothingForAPartThatItIsNot() throws IOException {
    Path victim = Files.copy(source, here.resolve("victim"));
    Files.createSymbolicLink(there.resolve(Arriving.partName(sha256)), victim);

    upload("file");

    assertThat(there.resolve("file")).isRegularFile().hasSameBinaryContentAs(source);
    assertThat(victim).hasSameBinaryContentAs(source);

    Files.write(there.resolve(Arriving.partName(sha256)), new byte[SIZE + 1]);

    upload("file");

    assertThat(there.resolve("file")).hasSameBinaryContentAs(source);
    assertThat(names(there)).containsExactly("file");
  }

  @Test
  void beginsAnewWhereTheHostCannotTellWhatArrived() throws IOException {
    cutUpload("first");
    try (SshServer bare = SshServer.builder().environment("PATH", "/nonexistent").start();
        SshHost host = SshHost.connect(Ssh.settings(bare))) {
      host.goOnSending(source, there + "/second", sha256, Progress.SILENT);
    }

    assertThat(there.resolve("second")).hasSameBinaryContentAs(source);
    assertThat(names(there)).containsExactly("second");
  }

  @Test
  void leavesNothingOfAFileThatIsAnotherThanWasSaid() throws IOException {
    String other = "0".repeat(64);
    try (SshHost host = connect()) {
      assertFailure(() -> host.goOnSending(source, there + "/file", other, Progress.SILENT))
          .contains("what arrived differs");
      Files.copy(source, there.resolve("far"));
      assertFailure(
              () -> host.goOnFetching(there + "/far", here.resolve("b"), other, Progress.SILENT))
          .contains("what arrived differs");
      assertThat(host.isConnected()).isTrue();
    }
    assertThat(names(there)).containsExactly("far");
    assertThat(names(here)).containsExactly("source");
  }

  @Test
  void sendsNothingWhereThereIsNoRoomForIt() throws IOException {
    Path huge = here.resolve("huge");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw");
        SshHost host = connect()) {
      file.setLength(host.freeBytes(there.toString()).orElseThrow() + (100L << 30));

      assertFailure(() -> host.goOnSending(huge, there + "/file", sha256, Progress.SILENT))
          .contains("the disk there is full", "bytes are free");
      assertThat(host.traffic().sentBytes()).isLessThan(100_000);
    }
    assertThat(names(there)).isEmpty();
  }

  /** A file may not grow there any more, which SFTP tells with the words of a full disk. */
  @Test
  void leavesNothingOnADiskThatBecameFull() throws IOException {
    String limited =
        "ForceCommand trap '' XFSZ; case \"$SSH_ORIGINAL_COMMAND\" in internal-sftp*) ulimit -f"
            + " 20000; exec %s;; esac; eval \"$SSH_ORIGINAL_COMMAND\"";
    try (SshServer full = SshServer.builder().option(limited.formatted(sftpServer())).start();
        SshHost host = SshHost.connect(Ssh.settings(full))) {
      assertFailure(() -> host.goOnSending(source, there + "/file", sha256, Progress.SILENT))
          .contains("is the disk full");
      assertThat(host.isConnected()).isTrue();
    }
    assertThat(names(there)).isEmpty();
  }

  private static Path sftpServer() {
    return Stream.of("/usr/lib/openssh", "/usr/libexec", "/usr/libexec/openssh", "/usr/lib/ssh")
        .map(folder -> Path.of(folder, "sftp-server"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private SshHost connect() {
    return SshHost.connect(Ssh.settings(server).withPort(proxy.port()).withKnownHosts(known));
  }

  private void cutUpload(String name) {
    try (SshHost host = connect()) {
      proxy.cutAfter(SIZE * 9L / 10);
      assertFailure(() -> host.goOnSending(source, there + "/" + name, sha256, Progress.SILENT))
          .contains("could not send " + source);
      assertThat(host.isConnected()).isFalse();
    }
    assertThat(proxy.hasCut()).isTrue();
  }

  private void cutDownload(Path far, String name) {
    try (SshHost host = connect()) {
      proxy.cutAfter(SIZE * 9L / 10);
      assertFailure(
              () -> host.goOnFetching(far.toString(), here.resolve(name), sha256, Progress.SILENT))
          .contains("could not fetch " + far);
      assertThat(host.isConnected()).isFalse();
    }
    assertThat(proxy.hasCut()).isTrue();
  }

  private Traffic upload(String name) {
    try (SshHost host = connect()) {
      host.goOnSending(source, there + "/" + name, sha256, Progress.SILENT);
      return host.traffic();
    }
  }

  private Traffic download(Path far, String name) {
    try (SshHost host = connect()) {
      host.goOnFetching(far.toString(), here.resolve(name), sha256, Progress.SILENT);
      return host.traffic();
    }
  }

  private static void damage(Path file) throws IOException {
    try (RandomAccessFile part = new RandomAccessFile(file.toFile(), "rw")) {
      part.seek(12345);
      int b = part.read();
      part.seek(12345);
      part.write(b ^ 1);
    }
  }
}
