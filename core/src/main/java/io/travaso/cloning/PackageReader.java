package io.travaso.cloning;

import com.github.luben.zstd.ZstdInputStream;
import io.travaso.SyncException;
import io.travaso.cloning.PackageManifest.RowsEntry;
import io.travaso.database.RowSink;
import io.travaso.file.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A package that is read. */
final class PackageReader implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final ZipFile zip;
  private final PackageManifest manifest;

  private PackageReader(Path file, ZipFile zip, PackageManifest manifest) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens a package, all of which was read before.
   *
   * @param sha256 what it must be
   */
  static PackageReader open(Path file, String sha256) {
    try {
      if (!Sha256.of(file).equals(sha256)) {
        throw SyncException.failed(
            "The package " + file + " is not what was exported: its SHA-256 differs",
            "Run the command again.");
      }
      ZipFile zip = new ZipFile(file.toFile());
      try {
        PackageManifest manifest;
        try (InputStream in = entry(zip, PackageManifest.ENTRY)) {
          manifest = PackageManifest.JSON.readValue(in, PackageManifest.class);
        }
        if (manifest.format() != PackageManifest.FORMAT) {
          throw SyncException.failed(
              "The package "
                  + file
                  + " was made by a version of the tool that this one does not know",
              "Deploy the same version to both hosts.");
        }
        return new PackageReader(file, zip, manifest);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("Reading the package " + file, e);
    }
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no " + name);
    }
    return zip.getInputStream(entry);
  }

  PackageManifest manifest() {
    return manifest;
  }

  byte[] bytes(String name) {
    try (InputStream in = entry(zip, name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failed("Reading " + name + " of the package " + file, e);
    }
  }

  /** Writes an entry to an existing file. */
  void extract(String name, Path to) {
    try (InputStream in = entry(zip, name)) {
      try (var out = Files.newOutputStream(to)) {
        in.transferTo(out);
      }
    } catch (IOException e) {
      throw failed("Reading " + name + " of the package " + file, e);
    }
  }

  /** Sends all rows of an entry, which have to be as many as were written, and the same. */
  void rows(RowsEntry wanted, RowSink sink) {
    MessageDigest digest = Sha256.digest();
    long rows = 0;
    try (InputStream in =
        new BufferedInputStream(new ZstdInputStream(entry(zip, wanted.entry())), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      int used = 0;
      int from = 0;
      while (true) {
        int read = in.read(buffer, used, buffer.length - used);
        if (read < 0) {
          break;
        }
        digest.update(buffer, used, read);
        int scanned = used;
        used += read;
        for (int i = scanned; i < used; i++) {
          if (buffer[i] == '\n') {
            sink.row(buffer, from, i - from);
            rows++;
            from = i + 1;
          }
        }
        System.arraycopy(buffer, from, buffer, 0, used - from);
        used -= from;
        from = 0;
        if (used == buffer.length) {
          buffer = Arrays.copyOf(buffer, Math.multiplyExact(used, 2));
        }
      }
      if (used > 0 || rows != wanted.rows() || !Sha256.hex(digest).equals(wanted.sha256())) {
        throw SyncException.failed(
            "The package %s is broken: its rows of %s are not those that were written"
                .formatted(file, wanted.table()),
            "Run the command again.");
      }
    } catch (IOException e) {
      throw failed("Reading the rows of " + wanted.table() + " in the package " + file, e);
    }
  }

  private static SyncException failed(String doing, IOException e) {
    return new SyncException(
        SyncException.Kind.FAILED, doing + " failed: " + e.getMessage(), "Look at the disk.", e);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
