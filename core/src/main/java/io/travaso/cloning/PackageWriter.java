package io.travaso.cloning;

import com.github.luben.zstd.ZstdOutputStream;
import io.travaso.database.RowSink;
import io.travaso.file.PartStream;
import io.travaso.file.Sha256;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A package in the writing: a ZIP whose entries are compressed by themselves, so that it can be
 * written in one go and read in any order.
 */
final class PackageWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final PartStream part;
  private final ZipOutputStream zip;

  private PackageWriter(PartStream part) {
    this.part = part;
    this.zip = new ZipOutputStream(part.stream());
    zip.setLevel(Deflater.NO_COMPRESSION);
  }

  static PackageWriter create(Path file) throws IOException {
    return new PackageWriter(PartStream.create(file));
  }

  /** Adds a file as it is. */
  void file(String entry, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(entry));
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(zip);
    }
    zip.closeEntry();
  }

  void bytes(String entry, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(entry));
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Begins an entry of rows; it has to be closed before the next one begins. */
  RowsWriter rows(String entry) throws IOException {
    zip.putNextEntry(new ZipEntry(entry));
    return new RowsWriter(zip);
  }

  /** Ends the package: it appears under its name. */
  void commit() throws IOException {
    zip.finish();
    part.commit();
  }

  long bytes() {
    return part.bytes();
  }

  String sha256() {
    return part.sha256();
  }

  @Override
  public void close() throws IOException {
    part.close();
  }

  /** Rows of one table. */
  static final class RowsWriter implements RowSink, AutoCloseable {
    private final ZipOutputStream zip;
    private final OutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private long rows;

    private RowsWriter(ZipOutputStream zip) throws IOException {
      this.zip = zip;
      // The entry is closed by itself; the package goes on.
      OutputStream entry =
          new FilterOutputStream(zip) {
            @Override
            public void write(byte[] b, int offset, int length) throws IOException {
              out.write(b, offset, length);
            }

            @Override
            public void close() {}
          };
      this.out = new BufferedOutputStream(new ZstdOutputStream(entry, 1).setChecksum(true), BUFFER);
    }

    @Override
    public void row(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      out.write('\n');
      digest.update(buffer, offset, length);
      digest.update((byte) '\n');
      rows++;
    }

    long rows() {
      return rows;
    }

    /** Once, after {@link #close}. */
    String sha256() {
      return Sha256.hex(digest);
    }

    @Override
    public void close() throws IOException {
      out.close();
      zip.closeEntry();
    }
  }
}
