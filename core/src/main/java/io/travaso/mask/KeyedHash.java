package io.travaso.mask;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. */
final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final byte[] digest;

  KeyedHash(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      digest = new byte[mac.getMacLength()];
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** The 32 bytes of a value's hash; they are others after the next call. */
  byte[] of(byte[] value, int offset, int length) {
    mac.update(value, offset, length);
    return finish();
  }

  /** The same of a value with a byte before it. */
  byte[] of(int first, byte[] value, int offset, int length) {
    mac.update((byte) first);
    return of(value, offset, length);
  }

  private byte[] finish() {
    try {
      mac.doFinal(digest, 0);
      return digest;
    } catch (ShortBufferException e) {
      throw new IllegalStateException("the buffer has the length of the hash", e);
    }
  }
}
