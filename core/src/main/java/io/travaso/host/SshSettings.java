package io.travaso.host;

import io.travaso.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached over SSH.
 *
 * @param environment the name users give this host's environment; hints use it
 * @param identity the private key file; null for the usual ones in {@code ~/.ssh}
 * @param knownHosts the host keys that are trusted, in OpenSSH's format
 * @param passphrase asked only when the key file is encrypted; null when there is nobody to ask
 * @param connectTimeout for the connection, and again for the key exchange and for the login
 * @param keepAlive a sign of life is asked for at this interval, in whole seconds
 * @param keepAliveLimit so many intervals of silence, and the connection counts as lost
 */
public record SshSettings(
    String environment,
    String host,
    int port,
    String user,
    @Nullable Path identity,
    Path knownHosts,
    @Nullable Supplier<Secret> passphrase,
    Duration connectTimeout,
    Duration keepAlive,
    int keepAliveLimit) {

  public static final int DEFAULT_PORT = 22;

  public SshSettings {
    if (host.isBlank() || user.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a place to connect to: " + user + "@" + host);
    }
    if (keepAlive.toSeconds() < 1 || keepAliveLimit < 1 || connectTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeouts are longer than zero");
    }
  }

  /** Port 22, the keys and known hosts in {@code ~/.ssh}, 10 s to connect, 3 × 15 s of silence. */
  public static SshSettings of(String environment, String host, String user) {
    return new SshSettings(
        environment,
        host,
        DEFAULT_PORT,
        user,
        null,
        sshFolder().resolve("known_hosts"),
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        3);
  }

  public SshSettings withPort(int other) {
    return new SshSettings(
        environment,
        host,
        other,
        user,
        identity,
        knownHosts,
        passphrase,
        connectTimeout,
        keepAlive,
        keepAliveLimit);
  }

  public SshSettings withIdentity(Path file, @Nullable Supplier<Secret> itsPassphrase) {
    return new SshSettings(
        environment,
        host,
        port,
        user,
        file,
        knownHosts,
        itsPassphrase,
        connectTimeout,
        keepAlive,
        keepAliveLimit);
  }

  public SshSettings withKnownHosts(Path file) {
    return new SshSettings(
        environment,
        host,
        port,
        user,
        identity,
        file,
        passphrase,
        connectTimeout,
        keepAlive,
        keepAliveLimit);
  }

  public SshSettings withTimeouts(Duration connect, Duration interval, int limit) {
    return new SshSettings(
        environment, host, port, user, identity, knownHosts, passphrase, connect, interval, limit);
  }

  /** What messages call the host. */
  public String name() {
    return user + "@" + host + ":" + port;
  }

  static Path sshFolder() {
    return Path.of(System.getProperty("user.home", "/"), ".ssh");
  }

  /** As long as this without a byte from the host, and it is gone. */
  Duration silence() {
    return keepAlive.multipliedBy(keepAliveLimit);
  }
}
