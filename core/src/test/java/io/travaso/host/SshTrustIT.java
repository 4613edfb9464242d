package io.travaso.host;

import static io.travaso.host.HostContract.assertFailure;
import static io.travaso.host.HostContract.mode;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.SshServer;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts are believed: a server that shows three keys, and many a known_hosts file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshTrustIT {
  @TempDir Path folder;
  private SshServer server;
  private String address;
  private Path knownHosts;

  @BeforeAll
  void start() {
    server = SshServer.builder().hostKeys("ed25519", "ecdsa", "rsa").start();
    address = "[127.0.0.1]:" + server.port();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void none() {
    knownHosts = folder.resolve("known_hosts");
  }

  @Test
  void refusesAnUnknownHostWithItsFingerprint() throws IOException {
    assertFailure(this::connect)
        .contains(
            "the host key of " + settings().name() + " is not known",
            fingerprint("ed25519"),
            "sync trust prod");
    assertThat(knownHosts).doesNotExist();
  }

  @Test
  void refusesAHostOfAnotherName() throws IOException {
    known("127.0.0.1 " + server.hostKey("ed25519"), "[127.0.0.1]:1 " + server.hostKey("ed25519"));

    assertFailure(this::connect).contains("is not known");
  }

  /** The client's own order would choose ed25519, whose key nobody has recorded. */
  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  @Holds(value = "A8", as = Outcome.EXACT)
  void acceptsWhicheverKeyIsRecorded(String type) throws IOException {
    known(address + " " + server.hostKey(type));

    assertConnects();
  }

  @Test
  void refusesAChangedKey() throws IOException {
    SshServer.keygen(folder.resolve("other"), "ed25519", "");
    known("# a comment", address + " " + publicKey(folder.resolve("other.pub")));

    assertFailure(this::connect)
        .contains(
            "has changed, or somebody else answers in its place",
            fingerprint("ed25519"),
            "line 2: ssh-ed25519 SHA256:");
  }

  @Test
  void refusesAKeyOfATypeThatIsNotRecorded() throws IOException {
    SshServer.keygen(folder.resolve("other"), "rsa", "");
    known(address + " " + publicKey(folder.resolve("other.pub")));

    assertFailure(this::connect).contains("has changed", "line 1: ssh-rsa SHA256:");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Holds(value = "A8", as = Outcome.REFUSED)
  void refusesARevokedKeyAlsoWhereItIsTrustedElsewhere(boolean revokedFirst) throws IOException {
    String plain = address + " " + server.hostKey("ed25519");
    String revoked = "@revoked * " + server.hostKey("ed25519");
    known(revokedFirst ? revoked : plain, revokedFirst ? plain : revoked);

    assertFailure(this::connect).contains("is revoked", fingerprint("ed25519"));
  }

  @Test
  void findsAHashedName() throws Exception {
    known(address + " " + server.hostKey("ecdsa"));
    Process hash = new ProcessBuilder("ssh-keygen", "-H", "-f", knownHosts.toString()).start();
    assertThat(hash.waitFor()).isZero();
    assertThat(knownHosts).content().startsWith("|1|").doesNotContain("127.0.0.1");

    assertConnects();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[127.0.0.*]:*", "*", "[127.0.0.?]:*,other", "other,[127.0.0.1]:*", "[*]:*,!x*"})
  void findsAPattern(String pattern) throws IOException {
    known(pattern + " " + server.hostKey("ed25519") + " a comment");

    assertConnects();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*,![127.0.0.1]:*", "![127.0.0.1]:*,*", "!elsewhere", "127.0.0.*"})
  void heedsANegation(String pattern) throws IOException {
    known(pattern + " " + server.hostKey("ed25519"));

    assertFailure(this::connect).contains("is not known");
  }

  @Test
  void readsPastLinesThatSayNothing() throws IOException {
    known(
        "",
        "   ",
        "garbage",
        "# [127.0.0.1]:* x y",
        address,
        address + " ssh-ed25519",
        "@cert-authority * " + server.hostKey("rsa"),
        address + " ssh-ed25519 !!!",
        "  " + address + "\t" + server.hostKey("ed25519") + " città");

    assertConnects();
  }

  @Test
  void trustsNoCertificateAuthority() throws IOException {
    known("@cert-authority * " + server.hostKey("ed25519"));

    assertFailure(this::connect).contains("is not known");
  }

  @Test
  void recordsAKeyThatWasShown() throws IOException {
    HostKey shown = HostKeys.fetch(settings());
    assertThat(shown.type() + " " + shown.base64()).isEqualTo(server.hostKey("ed25519"));
    assertThat(shown.fingerprint()).isEqualTo(fingerprint("ed25519"));
    assertThat(knownHosts).as("looking trusts nothing").doesNotExist();
    assertThat(HostKeys.isKnown(settings(), shown)).isFalse();

    HostKeys.record(settings(), shown);
    HostKeys.record(settings(), shown);

    assertThat(HostKeys.isKnown(settings(), shown)).isTrue();
    assertThat(knownHosts).hasContent(address + " " + server.hostKey("ed25519") + "\n");
    assertThat(mode(knownHosts)).isEqualTo("rw-------");
    assertConnects();
  }

  @Test
  void appendsToALineThatWasNeverEnded() throws IOException {
    Files.writeString(knownHosts, "other.example " + server.hostKey("rsa"));

    HostKeys.record(settings(), HostKeys.fetch(settings()));

    assertThat(knownHosts).content().contains(server.hostKey("rsa") + "\n" + address);
    assertConnects();
  }

  @Test
  void recordsNoSecondKeyBesideAnother() throws IOException {
    SshServer.keygen(folder.resolve("other"), "ed25519", "");
    known(address + " " + publicKey(folder.resolve("other.pub")));
    HostKey shown = HostKeys.fetch(settings());

    assertFailure(() -> HostKeys.record(settings(), shown))
        .contains("another host key", "ssh-keygen -f " + knownHosts + " -R '" + address + "'");
  }

  @Test
  void recordsNoRevokedKey() throws IOException {
    known("@revoked * " + server.hostKey("ed25519"));
    HostKey shown = HostKeys.fetch(settings());

    assertFailure(() -> HostKeys.record(settings(), shown)).contains("is revoked");
  }

  private SshSettings settings() {
    return Ssh.settings(server).withKnownHosts(knownHosts);
  }

  private void connect() {
    SshHost.connect(settings()).close();
  }

  private void assertConnects() {
    try (SshHost host = SshHost.connect(settings())) {
      assertThat(host.run(Command.of("true")).succeeded()).isTrue();
    }
  }

  private void known(String... lines) throws IOException {
    Files.writeString(knownHosts, String.join("\n", lines) + "\n");
  }

  private static String publicKey(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  /** As OpenSSH's own tool computes it. */
  private String fingerprint(String type) throws IOException {
    Path key = Files.writeString(folder.resolve("key.pub"), server.hostKey(type) + "\n");
    Process keygen = new ProcessBuilder("ssh-keygen", "-l", "-f", key.toString()).start();
    String line =
        new String(keygen.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return line.split(" ", -1)[1];
  }
}
