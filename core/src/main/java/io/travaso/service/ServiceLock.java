package io.travaso.service;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time backs up, restores or tidies a service. The system drops the lock with the
 * process, however that ends.
 */
final class ServiceLock implements AutoCloseable {
  private final FileChannel channel;

  private ServiceLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes it; where another process has it, that is a {@code REFUSED} error. */
  static ServiceLock take(Path directory, String service) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(".travaso." + service + ".lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (lock(channel) == null) {
      channel.close();
      throw SyncException.refused(
          "another command is at work on " + service + ": a backup, a restore or an upgrade",
          "wait until it is done, then try again");
    }
    return new ServiceLock(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  /** Does something while nobody else does. */
  <T> T during(Supplier<T> work) {
    return work.get();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
