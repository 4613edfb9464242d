package io.travaso.backup;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time writes to a folder of backups; whoever holds the lock knows that every part
 * he finds was left behind. The system drops the lock with the process, however that ends.
 */
final class BackupLock implements AutoCloseable {
  private static final String NAME = ".travaso.lock";

  private final Path directory;
  private final FileChannel channel;

  private BackupLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static BackupLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(NAME),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (lock(channel) == null) {
      channel.close();
      throw SyncException.refused(
          "another backup is being taken in " + directory, "wait until it is done, then try again");
    }
    return new BackupLock(directory, channel);
  }

  /** Nobody else writes here now, so whoever wrote them is gone. */
  void deleteParts() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (BackupName.isPart(String.valueOf(file.getFileName()))) {
          Files.delete(file);
        }
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
