package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.SecretReference;
import io.travaso.config.SecretResolver;
import io.travaso.config.Ssh;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.host.Host;
import io.travaso.host.SshHost;
import io.travaso.host.SshSettings;

/** How an environment's host is reached over SSH, as it is configured. */
public final class SshHosts {
  private SshHosts() {}

  /** Connects to an environment's host. */
  public static Host connect(
      SyncConfig config, Environment environment, Surroundings surroundings) {
    return SshHost.connect(settings(config, environment, surroundings));
  }

  /**
   * How to reach an environment's host.
   *
   * @throws SyncException if it is this machine
   */
  public static SshSettings settings(
      SyncConfig config, Environment environment, Surroundings surroundings) {
    Ssh ssh = environment.ssh();
    if (ssh == null) {
      throw SyncException.configuration(
          environment.name() + " is on this machine: its configuration names no ssh host",
          "Add `ssh: {host: …}` and `home:` to the environment.");
    }
    SecretResolver secrets = new SecretResolver(surroundings, config.root());
    SshSettings settings =
        SshSettings.of(environment.name(), ssh.host(), ssh.user())
            .withPort(ssh.port())
            .withKnownHosts(ssh.knownHosts())
            .withIdentity(
                ssh.identity(),
                ssh.passphrase() instanceof SecretReference.None
                    ? null
                    : () -> secrets.resolve(ssh.passphrase()).orElseThrow());
    return settings.withTimeouts(
        ssh.connectTimeout(), settings.keepAlive(), settings.keepAliveLimit());
  }
}
