package io.travaso.host;

import static io.travaso.host.HostContract.assertFailure;
import static io.travaso.host.HostContract.names;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.testing.SshServer;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that break while they are used: the commands over there go on, and end by themselves.
 */
@Timeout(60)
class SshFaultIT {
  @TempDir Path here;
  @TempDir Path there;
  private SshServer server;
  private SshHost host;

  @BeforeEach
  void connect() {
    server = SshServer.start();
    host =
        SshHost.connect(
            Ssh.settings(server).withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), 2));
  }

  @AfterEach
  void disconnect() {
    host.close();
    server.close();
  }

  @Test
  void saysThatTheConnectionWasLostDuringACommand() throws IOException {
    try (RunningCommand command = host.start(Command.of("sh", "-c", "echo ready; exec sleep 30"))) {
      HostContract.firstLine(command);

      server.stop();

      assertFailure(command::waitFor)
          .contains("lost the connection while sh ran", "may still be running there");
    }
    assertFailure(() -> host.run(Command.of("true"))).contains("the connection is lost");
    assertFailure(() -> host.exists("/tmp")).contains("the connection is lost");
    server.restart();
  }

  /** A network that swallows packets looks like this: everything is open and nothing answers. */
  @Test
  @Holds(value = "A8", as = Outcome.REFUSED)
  void givesUpAHostThatFallsSilent() throws IOException {
    try (RunningCommand command = host.start(Command.of("sh", "-c", "echo ready; exec sleep 30"))) {
      HostContract.firstLine(command);
      long start = System.nanoTime();
      server.freeze();

      assertFailure(command::waitFor).contains("lost the connection while sh ran");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
      server.thaw();
    }
  }

  @Test
  void livesThroughSilenceOfACommandOnALivingConnection() {
    // Longer than the 2 s of silence that end a connection: the keepalive is answered meanwhile.
    assertThat(host.run(Command.of("sleep", "3")).succeeded()).isTrue();
  }

  @Test
  void givesUpAnUploadThatGetsStuck() throws Exception {
    Path large = here.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(4L << 30);
    }
    CompletableFuture<SyncException> failure =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    SyncException.class, () -> host.send(large, there + "/large")));
    HostContract.waitUntil(
        () ->
            Files.exists(there.resolve("large.part"))
                && Files.size(there.resolve("large.part")) > 1_000_000);

    server.freeze();

    SyncException e = failure.get(20, TimeUnit.SECONDS);
    assertThat(e.kind()).isEqualTo(SyncException.Kind.HOST);
    assertThat(e.what()).startsWith("could not send " + large + " to " + there + "/large");
    assertThat(names(there)).as("never under its name").containsExactly("large.part");
    server.thaw();

    Path small = Files.writeString(here.resolve("small"), "the next attempt");
    try (SshHost again = SshHost.connect(Ssh.settings(server))) {
      again.send(small, there + "/large");
    }
    assertThat(there.resolve("large")).hasContent("the next attempt");
    assertThat(names(there)).containsExactly("large");
  }

  @Test
  void leavesNoFileUnderItsNameWhenADownloadBreaks() throws Exception {
    Path large = there.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 28);
    }
    CompletableFuture<SyncException> failure =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    SyncException.class, () -> host.fetch(large.toString(), here.resolve("back"))));
    HostContract.waitUntil(() -> Files.exists(here.resolve("back.part")));

    server.stop();

    assertThat(failure.get(20, TimeUnit.SECONDS).kind()).isEqualTo(SyncException.Kind.HOST);
    assertThat(names(here)).isEmpty();
    server.restart();
  }

  @Test
  void noticesThatAFileChangedWhileItWasSent() throws Exception {
    // The far side's checksum is computed by its own sha256sum; this one lies.
    Path bin = Files.createDirectory(here.resolve("bin"));
    Path lying =
        Files.writeString(
            bin.resolve("sha256sum"), "#!/bin/sh\necho '" + "0".repeat(64) + "  x'\n");
    assertThat(lying.toFile().setExecutable(true)).isTrue();
    Path source = Files.write(here.resolve("source"), "content".getBytes(UTF_8));
    try (SshServer other =
            SshServer.builder().environment("PATH", bin + ":" + System.getenv("PATH")).start();
        SshHost login = SshHost.connect(Ssh.settings(other))) {
      assertFailure(() -> login.send(source, there + "/file"))
          .contains("what arrived differs from what was sent (SHA-256)");
      assertThat(names(there)).isEmpty();
      Files.writeString(there.resolve("file"), "content");
      assertFailure(() -> login.fetch(there + "/file", here.resolve("back")))
          .contains("what arrived differs from what was sent (SHA-256)");
      assertThat(here.resolve("back")).doesNotExist();
    }
  }
}
