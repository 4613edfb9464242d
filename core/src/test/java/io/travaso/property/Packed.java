package io.travaso.property;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An input, compressed or not, and what is in it. */
final class Packed {
  private final Packing packing;
  private final byte[] packed;

  private Packed(Packing packing, byte[] packed) {
    this.packing = packing;
    this.packed = packed;
  }

  /** How it is compressed, as the first bytes say. */
  enum Packing {
    NONE,
    GZIP,
    ZSTD
  }

  static Packed of(byte[] input) {
    if (input.length >= 2 && input[0] == 0x1f && input[1] == (byte) 0x8b) {
      return new Packed(Packing.GZIP, input);
    }
    boolean zstd = input.length >= 4 && input[0] == 0x28 && input[1] == (byte) 0xb5;
    return new Packed(zstd ? Packing.ZSTD : Packing.NONE, input);
  }

  byte[] content() throws IOException {
    try (InputStream in =
        switch (packing) {
          case NONE -> new ByteArrayInputStream(packed);
          case GZIP -> new GZIPInputStream(new ByteArrayInputStream(packed));
          case ZSTD -> new ZstdInputStream(new ByteArrayInputStream(packed));
        }) {
      return in.readAllBytes();
    }
  }

  /** A damaged copy: of the bytes as they are, or of what they hold. */
  byte[] damaged(Mutator mutator, byte[] other, Random random) throws IOException {
    if (packing == Packing.NONE || random.nextBoolean()) {
      return mutator.damaged(packed, other);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        packing == Packing.GZIP ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
      out.write(mutator.damaged(content(), of(other).content()));
    }
    return bytes.toByteArray();
  }
}
