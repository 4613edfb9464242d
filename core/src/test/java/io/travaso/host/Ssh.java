package io.travaso.host;

import io.travaso.testing.SshServer;

/** Settings for a test's server. */
final class Ssh {
  private Ssh() {}

  /** A login that works: the server's own known hosts and a key that is let in. */
  static SshSettings settings(SshServer server) {
    return SshSettings.of("prod", server.host(), server.user())
        .withPort(server.port())
        .withKnownHosts(server.knownHosts())
        .withIdentity(server.clientKey(), null);
  }
}
