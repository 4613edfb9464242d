package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.file.Arriving;
import io.travaso.file.Sha256;
import io.travaso.host.Host;
import io.travaso.host.SshHost;
import io.travaso.host.SshSettings;
import io.travaso.testing.BreakingProxy;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transfers that are cut within a run, over SSH to a real sshd. */
@Timeout(60)
class TransferIT {
  private static final int SIZE = 50_000_000;

  @TempDir Path here;
  @TempDir Path there;
  private final List<String> told = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void at(String work, long done, long total) {}

        @Override
        public void tells(String line) {
          told.add(line);
        }
      };
  private SshServer server;
  private BreakingProxy proxy;
  private Host tool;
  private Transfer transfer;
  private Path source;

  @BeforeEach
  void start() throws IOException {
    server = SshServer.start();
    proxy = BreakingProxy.to(server);
    tool = SshHost.connect(settings());
    SshSettings broken =
        settings().withPort(proxy.port()).withKnownHosts(BreakingProxy.knownHosts(server, proxy));
    transfer = new Transfer(() -> tool, () -> SshHost.connect(broken));
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    source = Files.write(here.resolve("source"), content);
  }

  @AfterEach
  void stop() {
    tool.close();
    proxy.close();
    server.close();
  }

  private SshSettings settings() {
    return SshSettings.of("prod", server.host(), server.user())
        .withPort(server.port())
        .withKnownHosts(server.knownHosts())
        .withIdentity(server.clientKey(), null);
  }

  @Test
  void goesOnWhenTheConnectionOfAnUploadIsLost() {
    proxy.cutAfter(SIZE * 9L / 10);

    transfer.send(source, there + "/file", progress);

    assertThat(proxy.hasCut()).isTrue();
    assertThat(there.resolve("file")).hasSameBinaryContentAs(source);
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).contains("could not send", "trying again in 1 s");
    assertThat(told.get(1))
        .matches("source: \\d\\d % were transferred before; going on from there");
    assertThat(transfer.traffic().sentBytes()).isBetween((long) SIZE, SIZE * 115L / 100);
    assertThat(tool.isConnected()).isTrue();
    assertThat(tool.traffic().sentBytes()).isLessThan(100_000);
  }

  @Test
  void goesOnWhenTheConnectionOfADownloadIsLost() throws IOException {
    proxy.cutAfter(SIZE * 9L / 10);

    transfer.fetch(source.toString(), there.resolve("file"), SIZE, Sha256.of(source), progress);

    assertThat(there.resolve("file")).hasSameBinaryContentAs(source);
    assertThat(told).hasSize(2);
    assertThat(transfer.traffic().receivedBytes()).isBetween((long) SIZE, SIZE * 115L / 100);
  }

  @Test
  void doesNotTryAgainWhatWasRefused() {
    SyncException refused =
        catchThrowableOfType(
            SyncException.class,
            () -> transfer.send(source, there + "/no/such/folder/file", progress));

    assertThat(refused.kind()).isEqualTo(SyncException.Kind.HOST);
    assertThat(refused.what()).contains("no such file or directory");
    assertThat(told).isEmpty();
  }

  @Test
  void doesNotTryAgainWhereNobodyAnsweredAtAll() {
    Supplier<Host> nowhere =
        () -> {
          throw SyncException.host("could not connect", "");
        };

    SyncException failure =
        catchThrowableOfType(
            SyncException.class,
            () -> new Transfer(() -> tool, nowhere).send(source, there + "/file", progress));

    assertThat(failure.what()).isEqualTo("could not connect");
    assertThat(told).isEmpty();
  }

  @Test
  void removesWhatArrivedADayAgo() throws IOException {
    Path old = Files.writeString(here.resolve(Arriving.partName("a".repeat(64))), "old");
    Path young = Files.writeString(here.resolve(Arriving.partName("b".repeat(64))), "young");
    Path other = Files.writeString(here.resolve("dump.part"), "not ours");
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(old, before);
    Files.setLastModifiedTime(other, before);

    ExportsFolder.removeOldArrivals(here, Instant.now());

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }
}
