package io.travaso.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract, over SSH to a real sshd; and what can only happen with a login over there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshHostIT extends HostContract {
  private SshServer server;
  private SshHost host;

  @BeforeAll
  void connect() {
    server = SshServer.start();
    host = SshHost.connect(Ssh.settings(server));
  }

  @AfterAll
  void disconnect() {
    host.close();
    server.close();
  }

  @Override
  Host host() {
    return host;
  }

  @Test
  void isNamedByUserHostAndPort() {
    assertThat(host.name()).isEqualTo(server.user() + "@127.0.0.1:" + server.port());
  }

  @Test
  void takesTheLoginsHome() throws IOException {
    Path home = Files.createDirectory(there.resolve("home of it's own"));
    Path source = Files.writeString(here.resolve("source"), "content");
    Path plain = Files.createDirectory(there.resolve("home"));
    try (SshServer other = SshServer.builder().home(plain).start();
        SshHost login = SshHost.connect(Ssh.settings(other))) {
      login.makeDirectories("~/a/b");
      login.send(source, "~/a/b/file");

      assertThat(plain.resolve("a/b/file")).hasContent("content");
      assertThat(login.absolute("~/a")).isEqualTo(plain + "/a");
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void readsAFileBackWhereTheHostHasNoSha256sum() throws IOException {
    byte[] content = new byte[3_000_001];
    new Random(7).nextBytes(content);
    Path source = Files.write(here.resolve("source"), content);
    try (SshServer bare = SshServer.builder().environment("PATH", "/nonexistent").start();
        SshHost login = SshHost.connect(Ssh.settings(bare))) {
      assertThat(login.run(Command.of("sha256sum")).exitStatus()).isEqualTo(127);

      login.send(source, there + "/file");
      login.fetch(there + "/file", here.resolve("back"));

      assertThat(there.resolve("file")).hasBinaryContent(content);
      assertThat(here.resolve("back")).hasBinaryContent(content);
    }
  }

  @Test
  void leavesTheGreetingOfTheLoginOutOfTheOutput() {
    String greeting = "ForceCommand echo 'Welcome!'; eval \"$SSH_ORIGINAL_COMMAND\"";
    try (SshServer chatty = SshServer.builder().option(greeting).start();
        SshHost login = SshHost.connect(Ssh.settings(chatty))) {
      assertThat(login.run(Command.of("echo", "answer")).output()).isEqualTo("answer\n");
    }
  }

  @Test
  void saysWhenTheLoginRunsNoCommands() {
    String nologin = "ForceCommand echo 'This account is not available.' >&2; exit 1";
    try (SshServer closed = SshServer.builder().option(nologin).start();
        SshHost login = SshHost.connect(Ssh.settings(closed))) {
      assertFailure(() -> login.run(Command.of("true")))
          .contains("did not run a command", "This account is not available.");
    }
  }
}
