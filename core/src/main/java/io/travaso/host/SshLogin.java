package io.travaso.host;

import io.travaso.Secret;
import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/** The user's private keys, read before anything is sent. */
final class SshLogin {
  private static final List<String> USUAL_NAMES = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private SshLogin() {}

  /** The key that was configured, or those found in {@code ~/.ssh}; never none. */
  static List<KeyProvider> keys(SSHClient client, SshSettings settings) {
    Path identity = settings.identity();
    if (identity != null) {
      return List.of(key(client, settings, identity));
    }
    List<KeyProvider> keys = new ArrayList<>();
    for (String name : USUAL_NAMES) {
      Path file = SshSettings.sshFolder().resolve(name);
      if (Files.exists(file)) {
        keys.add(key(client, settings, file));
      }
    }
    if (keys.isEmpty()) {
      throw SyncException.host(
          "there is no private key for " + settings.name() + " in " + SshSettings.sshFolder(),
          "make one with ssh-keygen, or name the file as identity in the configuration");
    }
    return keys;
  }

  private static KeyProvider key(SSHClient client, SshSettings settings, Path file) {
    checkFile(settings, file);
    try {
      KeyProvider provider = client.loadKeys(file.toString(), new Passphrase(settings, file));
      provider.getPrivate();
      return provider;
    } catch (IOException | SSHRuntimeException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "could not read the private key " + file + " for " + settings.name(),
          "check its passphrase, and that it is an OpenSSH key of type ed25519, ecdsa or rsa",
          e);
    }
  }

  private static void checkFile(SshSettings settings, Path file) {
    String key = "the private key " + file + " for " + settings.name();
    if (!Files.isRegularFile(file)) {
      throw SyncException.host(key + " is not there", "see identity in the configuration");
    }
    if (!Files.isReadable(file)) {
      throw SyncException.host(key + " may not be read by this user", "see its permissions");
    }
    try {
      if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw SyncException.host(key + " is open to other users", "chmod 600 " + file);
      }
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST, "could not read the permissions of " + key, "", e);
    }
  }

  /** Answers once: a wrong passphrase does not get better by repeating it. */
  private record Passphrase(SshSettings settings, Path file) implements PasswordFinder {

    @Override
    public char[] reqPassword(Resource<?> resource) {
      Supplier<Secret> passphrase = settings.passphrase();
      if (passphrase == null) {
        throw SyncException.host(
            "the private key " + file + " for " + settings.name() + " has a passphrase",
            "give the passphrase in the configuration, or use a key without one");
      }
      return passphrase.get().reveal().toCharArray();
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }
  }
}
