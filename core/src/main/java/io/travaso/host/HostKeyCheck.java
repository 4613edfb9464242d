package io.travaso.host;

import io.travaso.SyncException;
import io.travaso.host.KnownHosts.Verdict;
import java.security.PublicKey;
import java.util.List;
import java.util.stream.Stream;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Accepts a host whose key is known, and remembers why another one was not. */
final class HostKeyCheck implements HostKeyVerifier {
  private final SshSettings settings;
  private final KnownHosts known;
  private volatile @Nullable SyncException refusal;

  HostKeyCheck(SshSettings settings, KnownHosts known) {
    this.settings = settings;
    this.known = known;
  }

  /** Why the host was refused; null as long as it was not. */
  @Nullable SyncException refusal() {
    return refusal;
  }

  @Override
  public boolean verify(String host, int port, PublicKey publicKey) {
    HostKey key = HostKey.of(publicKey);
    Verdict verdict = known.judge(settings.host(), settings.port(), key);
    refusal =
        switch (verdict) {
          case TRUSTED -> null;
          case UNKNOWN ->
              SyncException.host(
                  "the host key of " + settings.name() + " is not known: " + describe(key),
                  "compare the fingerprint with the one on the host, then record it with: sync trust "
                      + settings.environment());
          case CHANGED ->
              new SyncException(
                  SyncException.Kind.HOST,
                  "the host key of "
                      + settings.name()
                      + " has changed, or somebody else answers in its place: it shows "
                      + describe(key)
                      + ", which is not the recorded key",
                  "find out why; if the change is genuine, remove the old lines from "
                      + settings.knownHosts()
                      + " and record the new key with: sync trust "
                      + settings.environment(),
                  known.describe(settings.host(), settings.port()));
          case REVOKED ->
              SyncException.host(
                  "the host key of "
                      + settings.name()
                      + " is revoked: "
                      + describe(key)
                      + " is marked @revoked in "
                      + settings.knownHosts(),
                  "do not connect before the host has a new key");
        };
    return verdict == Verdict.TRUSTED;
  }

  /**
   * The algorithms that prove a recorded key, which go first into the negotiation: otherwise a host
   * with several keys shows one that was never recorded. An RSA key proves itself by SHA-2 today
   * (RFC 8332), though its line still says ssh-rsa.
   */
  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    return known.types(settings.host(), settings.port()).stream()
        .flatMap(
            type ->
                type.equals("ssh-rsa")
                    ? Stream.of("rsa-sha2-512", "rsa-sha2-256")
                    : Stream.of(type))
        .toList();
  }

  private static String describe(HostKey key) {
    return key.type() + " " + key.fingerprint();
  }
}
