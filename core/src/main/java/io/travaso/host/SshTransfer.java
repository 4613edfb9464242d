package io.travaso.host;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.file.Arriving;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files on their way to a host and from there, gone on with where an earlier attempt was cut. */
final class SshTransfer {
  private final SftpFiles sftp;
  private final Sums sums;
  private final Progress progress;

  /** What SHA-256 files have over there. */
  interface Sums {
    /** Of a whole file. */
    String of(String path) throws IOException;

    /** Of its first bytes; empty where the host can't tell, or the file is not the login's own. */
    Optional<String> ofBegin(String path, long bytes) throws IOException;

    /** Whether what arrived stays there after this failure. */
    boolean isCut(Exception failure);
  }

  SshTransfer(SftpFiles sftp, Sums sums, Progress progress) {
    this.sftp = sftp;
    this.sums = sums;
    this.progress = progress;
  }

  String send(Path local, String target, String sha256) throws IOException {
    String part = RemotePaths.parent(target) + "/" + Arriving.partName(sha256);
    try {
      long size = Files.size(local);
      long there = begun(local, part, size);
      requireRoom(RemotePaths.parent(target), size - there);
      tell(local, there, size);
      try (InputStream content = Files.newInputStream(local)) {
        content.skipNBytes(there);
        if (there == 0 || there < size) {
          sftp.write(part, there, content, at -> progress.at(name(local), at, size));
        }
      }
      if (!sums.of(part).equals(sha256)) {
        throw new IOException("what arrived differs from what was sent (SHA-256)");
      }
      sftp.setMode(part, 0600);
      if (sftp.isDirectory(target)) {
        throw new IOException("is a directory");
      }
      sftp.rename(part, target);
      return target;
    } catch (IOException | SyncException | IllegalStateException e) {
      if (!sums.isCut(e)) {
        deleteAfterFailure(part, e);
      }
      throw e;
    }
  }

  /** How much of the file is there already; what is not how it begins is removed. */
  private long begun(Path local, String part, long size) throws IOException {
    long there = sftp.size(part).orElse(0L);
    if (there > 0
        && there <= size
        && sums.ofBegin(part, there).equals(Optional.of(Arriving.sha256(local, there)))) {
      return there;
    }
    sftp.deleteIfExists(part);
    return 0;
  }

  private void requireRoom(String directory, long bytes) throws IOException {
    long free = sftp.freeBytes(directory).orElse(Long.MAX_VALUE);
    if (free < bytes) {
      throw new IOException(
          "the disk there is full: %d bytes are free, %d are needed".formatted(free, bytes));
    }
  }

  Path fetch(String source, Path local, String sha256) throws IOException {
    long size = sftp.size(source).orElse(0L);
    Arriving arriving = new Arriving(local, sha256);
    try {
      long here =
          arriving.lookAt(size, bytes -> sums.ofBegin(source, bytes).orElse("not to be told"));
      tell(local, here, size);
      arriving.complete(
          (out, from) -> sftp.copyTo(source, from, out, at -> progress.at(name(local), at, size)));
      return local;
    } catch (IOException | SyncException | IllegalStateException e) {
      if (!sums.isCut(e)) {
        arriving.forget();
      }
      throw e;
    }
  }

  private void tell(Path file, long there, long size) {
    if (there > 0) {
      progress.tells(
          "%s: %d %% were transferred before; going on from there"
              .formatted(name(file), 100 * there / Math.max(size, 1)));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void deleteAfterFailure(String part, Exception failure) {
    try {
      sftp.deleteIfExists(part);
    } catch (IOException e) {
      // Whoever sends this next throws it away; and so does who tidies there.
      failure.addSuppressed(e);
    }
  }
}
