package io.travaso.host;

import static io.travaso.host.HostContract.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Secret;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what is said when nobody is. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshLoginIT {
  @TempDir Path folder;
  private SshServer server;

  @BeforeAll
  void start() {
    server = SshServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void logsInWithAKeyOfAnyType(String type) {
    assertConnects(Ssh.settings(server).withIdentity(server.clientKey(type), null));
  }

  @Test
  void asksForThePassphraseOnlyWhereThereIsOne() {
    AtomicInteger asked = new AtomicInteger();
    SshSettings settings = Ssh.settings(server);

    assertConnects(
        settings.withIdentity(
            server.clientKey(),
            () -> {
              throw new AssertionError("the key has no passphrase");
            }));
    assertConnects(
        settings.withIdentity(
            server.encryptedKey(),
            () -> {
              asked.incrementAndGet();
              return new Secret(SshServer.PASSPHRASE);
            }));

    assertThat(asked).hasValue(1);
  }

  @Test
  void refusesAWrongOrMissingPassphrase() {
    SshSettings settings = Ssh.settings(server);
    Path key = server.encryptedKey();

    assertFailure(
            () -> SshHost.connect(settings.withIdentity(key, () -> new Secret("a wrong secret"))))
        .contains("could not read the private key " + key, "check its passphrase")
        .doesNotContain("a wrong secret");
    assertFailure(() -> SshHost.connect(settings.withIdentity(key, null)))
        .contains("the private key " + key, "has a passphrase");
  }

  @Test
  void saysThatTheKeyIsNotLetIn() {
    SshSettings settings = Ssh.settings(server).withIdentity(server.strangersKey(), null);

    assertFailure(() -> SshHost.connect(settings))
        .contains(
            "refused to let " + server.user() + " in with the key " + server.strangersKey(),
            "accepts publickey",
            "authorized_keys");
  }

  @Test
  void readsTheKeyFileBeforeItConnects() throws IOException {
    SshSettings nowhere = Ssh.settings(server).withPort(1);
    Path open = Files.copy(server.clientKey(), folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    Path garbage = Files.writeString(folder.resolve("garbage"), "not a key\n");
    Files.setPosixFilePermissions(garbage, PosixFilePermissions.fromString("rw-------"));
    Path cut = Files.writeString(folder.resolve("cut"), firstLines(server.clientKey(), 3));
    Files.setPosixFilePermissions(cut, PosixFilePermissions.fromString("rw-------"));

    assertFailure(() -> SshHost.connect(nowhere.withIdentity(folder.resolve("none"), null)))
        .contains("none", "is not there");
    assertFailure(() -> SshHost.connect(nowhere.withIdentity(folder, null)))
        .contains("is not there");
    assertFailure(() -> SshHost.connect(nowhere.withIdentity(open, null)))
        .contains("is open to other users", "chmod 600 " + open);
    assertFailure(() -> SshHost.connect(nowhere.withIdentity(garbage, null)))
        .contains("could not read the private key " + garbage);
    assertFailure(() -> SshHost.connect(nowhere.withIdentity(cut, null)))
        .contains("could not read the private key " + cut);
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    SshSettings settings = Ssh.settings(server).withPort(SshServer.freePort());

    assertFailure(() -> SshHost.connect(settings))
        .contains("could not connect to " + settings.name() + ": Connection refused");
    assertFailure(() -> HostKeys.fetch(settings)).contains("Connection refused");
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    SshSettings settings =
        SshSettings.of("prod", "no-such-host.invalid", "someone")
            .withIdentity(server.clientKey(), null);

    assertFailure(() -> SshHost.connect(settings)).contains("no such host");
  }

  @Test
  void givesUpOnAPortThatAcceptsAndSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      SshSettings settings =
          Ssh.settings(server)
              .withPort(silent.getLocalPort())
              .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
      long start = System.nanoTime();

      assertFailure(() -> SshHost.connect(settings)).contains("no answer for 1 s");
      assertFailure(() -> HostKeys.fetch(settings)).contains("no answer for 1 s");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void givesUpOnAServerThatSpeaksSomethingElse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (var socket = other.accept()) {
                  socket
                      .getOutputStream()
                      .write(
                          "220 mail.example ESMTP\r\n"
                              .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                  socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      answering.start();
      SshSettings settings =
          Ssh.settings(server)
              .withPort(other.getLocalPort())
              .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

      assertFailure(() -> SshHost.connect(settings))
          .contains("could not connect to " + settings.name());
      answering.join();
    }
  }

  private static void assertConnects(SshSettings settings) {
    try (SshHost host = SshHost.connect(settings)) {
      assertThat(host.run(Command.of("true")).succeeded()).isTrue();
    }
  }

  private static String firstLines(Path file, int count) throws IOException {
    return String.join("\n", Files.readAllLines(file).subList(0, count)) + "\n";
  }
}
