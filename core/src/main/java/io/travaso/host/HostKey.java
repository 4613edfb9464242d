package io.travaso.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.file.Sha256;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * The public key by which a host proves who it is.
 *
 * @param type such as {@code ssh-ed25519}, as a known_hosts file writes it
 * @param base64 the key in SSH's wire format
 */
public record HostKey(String type, String base64) {

  static HostKey of(PublicKey key) {
    byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return new HostKey(KeyType.fromKey(key).toString(), Base64.getEncoder().encodeToString(blob));
  }

  /** {@code SHA256:…} as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    byte[] digest = Sha256.digest().digest(Base64.getDecoder().decode(base64.getBytes(UTF_8)));
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }
}
