package io.travaso.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.Secret;
import io.travaso.SyncException;
import java.util.Arrays;
import java.util.HexFormat;

/** The key that all masks are made with. Each purpose has a key of its own, derived from it. */
final class MaskKey {
  /** Shorter ones could be found by trying. */
  static final int LEAST = 16;

  private static final String VERSION = "travaso mask 1 ";
  private static final int CHECK = 8;

  private final KeyedHash root;

  /**
   * @throws SyncException if it is too short to be a key
   */
  MaskKey(Secret secret) {
    byte[] bytes = secret.reveal().getBytes(UTF_8);
    if (bytes.length < LEAST) {
      throw SyncException.configuration(
          "mask-key leads to a key of less than " + LEAST + " characters",
          "Make a longer one, once and for all: openssl rand -hex 32");
    }
    root = new KeyedHash(bytes);
  }

  byte[] derive(String purpose) {
    byte[] text = (VERSION + purpose).getBytes(UTF_8);
    return root.of(text, 0, text.length).clone();
  }

  /** Is the same for the same key, and does not tell it. */
  String check() {
    return HexFormat.of().formatHex(Arrays.copyOf(derive("check"), CHECK));
  }
}
