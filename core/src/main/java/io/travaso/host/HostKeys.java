package io.travaso.host;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.host.KnownHosts.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Looking at a host's key, and recording it once somebody has compared its fingerprint. */
public final class HostKeys {
  private HostKeys() {}

  /** The key a host shows now. Nothing is trusted and nobody logs in. */
  public static HostKey fetch(SshSettings settings) {
    Witness witness = new Witness();
    SSHClient client = new SSHClient(new SshAlgorithms());
    try {
      SshConnection.connect(client, settings, witness, new Traffic.Count());
      throw new AssertionError("the witness accepts no key");
    } catch (IOException e) {
      SshConnection.closeAfterFailure(client, e);
      HostKey key = witness.seen;
      if (key == null) {
        throw SshConnection.failure("ask for the host key of", settings, e);
      }
      return key;
    }
  }

  /** Whether the known hosts already hold this key for the host, and do not revoke it. */
  public static boolean isKnown(SshSettings settings, HostKey key) {
    return judge(settings, key) == Verdict.TRUSTED;
  }

  /**
   * Appends the key to the known hosts, a file that is made with mode 0600 where there is none.
   *
   * @throws SyncException when the key is revoked, or when another key is recorded for the host:
   *     both would be accepted from then on, also the one that was given up
   */
  public static void record(SshSettings settings, HostKey key) {
    switch (judge(settings, key)) {
      case TRUSTED -> {}
      case UNKNOWN -> append(settings, key);
      case REVOKED ->
          throw SyncException.host(
              "the host key of " + settings.name() + " is revoked in " + settings.knownHosts(), "");
      case CHANGED ->
          throw new SyncException(
              SyncException.Kind.HOST,
              "another host key of " + settings.name() + " is recorded already",
              "if the change is genuine, remove the old lines from "
                  + settings.knownHosts()
                  + ": ssh-keygen -f "
                  + settings.knownHosts()
                  + " -R '"
                  + address(settings)
                  + "'",
              SshConnection.readKnownHosts(settings).describe(settings.host(), settings.port()));
    }
  }

  private static Verdict judge(SshSettings settings, HostKey key) {
    return SshConnection.readKnownHosts(settings).judge(settings.host(), settings.port(), key);
  }

  private static void append(SshSettings settings, HostKey key) {
    Path file = settings.knownHosts().toAbsolutePath();
    try {
      Path folder = file.getParent();
      if (folder != null) {
        PartFile.makeDirectories(folder);
      }
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      String line = address(settings) + " " + key.type() + " " + key.base64() + "\n";
      try (RandomAccessFile known = new RandomAccessFile(file.toFile(), "rw")) {
        long length = known.length();
        known.seek(Math.max(0, length - 1));
        boolean openLine = length > 0 && known.read() != '\n';
        known.seek(length);
        known.write(((openLine ? "\n" : "") + line).getBytes(StandardCharsets.US_ASCII));
        known.getFD().sync();
      }
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "could not record the host key of " + settings.name() + " in " + file,
          "",
          e);
    }
  }

  private static String address(SshSettings settings) {
    String host = settings.host().toLowerCase(Locale.ROOT);
    return settings.port() == SshSettings.DEFAULT_PORT ? host : "[" + host + "]:" + settings.port();
  }

  /** Sees the key and accepts it never. */
  private static final class Witness implements HostKeyVerifier {
    private volatile @Nullable HostKey seen;

    @Override
    public boolean verify(String host, int port, PublicKey key) {
      seen = HostKey.of(key);
      return false;
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
      return List.of();
    }
  }
}
