package io.travaso.host;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.SocketFactory;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Opens connections, and says in plain words why one could not be opened. */
final class SshConnection {
  private SshConnection() {}

  /** A connection to the host that has proved who it is and let the user in. */
  static SSHClient open(SshSettings settings, Traffic.Count count) {
    SSHClient client = new SSHClient(new SshAlgorithms());
    List<KeyProvider> keys = SshLogin.keys(client, settings);
    HostKeyCheck check = new HostKeyCheck(settings, readKnownHosts(settings));
    try {
      WatchedSocket socket = connect(client, settings, check, count);
      login(client, settings, keys);
      socket.allowSilence(settings.silence());
      return client;
    } catch (IOException e) {
      closeAfterFailure(client, e);
      SyncException refusal = check.refusal();
      throw refusal != null ? refusal : failure("connect to", settings, e);
    }
  }

  /** Connects as far as the host's proof of its key, which the verifier judges. */
  static WatchedSocket connect(
      SSHClient client, SshSettings settings, HostKeyVerifier verifier, Traffic.Count count)
      throws IOException {
    int timeout = Math.toIntExact(settings.connectTimeout().toMillis());
    WatchedSocket socket = new WatchedSocket(settings.connectTimeout(), count);
    client.setSocketFactory(new One(socket));
    client.setConnectTimeout(timeout);
    client.getTransport().setTimeoutMs(timeout);
    // Also how long a command may leave its input unread while we write more of it.
    client.getConnection().setTimeoutMs(Math.toIntExact(settings.silence().toMillis()));
    client
        .getConnection()
        .getKeepAlive()
        .setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
    client.addHostKeyVerifier(verifier);
    client.connect(settings.host(), settings.port());
    return socket;
  }

  static KnownHosts readKnownHosts(SshSettings settings) {
    try {
      return KnownHosts.read(settings.knownHosts());
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "could not read the known hosts " + settings.knownHosts() + ": " + PartFile.reason(e),
          "",
          e);
    }
  }

  static SyncException failure(String what, SshSettings settings, IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new SyncException(
          SyncException.Kind.INTERRUPTED,
          "interrupted while trying to " + what + " " + settings.name(),
          "",
          e);
    }
    return new SyncException(
        SyncException.Kind.HOST,
        "could not " + what + " " + settings.name() + ": " + reason(settings, e),
        "see that the host is up and that host and port in the configuration are right",
        e);
  }

  private static String reason(SshSettings settings, IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "no such host";
      }
      if (cause instanceof ConnectException) {
        return String.valueOf(cause.getMessage());
      }
      if (cause instanceof SocketTimeoutException
          || cause instanceof java.util.concurrent.TimeoutException) {
        return "no answer for " + settings.connectTimeout().toSeconds() + " s";
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static void login(SSHClient client, SshSettings settings, List<KeyProvider> keys)
      throws IOException {
    try {
      client.authPublickey(settings.user(), keys);
    } catch (UserAuthException e) {
      if (!client.isConnected()) {
        throw e;
      }
      String shown = settings.identity() == null ? "the keys" : "the key " + settings.identity();
      SyncException refused =
          new SyncException(
              SyncException.Kind.HOST,
              "refused to let "
                  + settings.user()
                  + " in with "
                  + shown
                  + ": "
                  + settings.name()
                  + " accepts "
                  + String.join(", ", client.getUserAuth().getAllowedMethods()),
              "put the public key into ~/.ssh/authorized_keys of " + settings.user() + " there",
              e);
      closeAfterFailure(client, refused);
      throw refused;
    }
  }

  static void closeAfterFailure(SSHClient client, Exception failure) {
    try {
      client.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Hands out the one socket that is watched. */
  private static final class One extends SocketFactory {
    private final WatchedSocket socket;

    One(WatchedSocket socket) {
      this.socket = socket;
    }

    @Override
    public WatchedSocket createSocket() {
      return socket;
    }

    @Override
    public WatchedSocket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchedSocket createSocket(
        String host, int port, java.net.InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchedSocket createSocket(java.net.InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchedSocket createSocket(
        java.net.InetAddress host, int port, java.net.InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
