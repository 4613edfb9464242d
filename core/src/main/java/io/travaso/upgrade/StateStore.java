package io.travaso.upgrade;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.SyncException;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where the states of upgrades are kept, {@code upgrades/} in the folder of the backups: the last
 * one of each service, and in {@code history/} those that are finished.
 */
final class StateStore {
  private static final String ENDING = ".json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path folder;

  StateStore(Path backups) {
    this.folder = backups.resolve("upgrades");
  }

  /**
   * Does something that changes something: one upgrade at a time on a host. The system drops the
   * lock with the process.
   */
  <T> T locked(Supplier<T> work) {
    FileChannel channel = doing("lock", this::lock);
    try {
      return work.get();
    } finally {
      // The lock goes with it.
      unlock(channel);
    }
  }

  private FileChannel lock() throws IOException {
    PartFile.makeDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".travaso.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (!isLocked(channel)) {
      channel.close();
      throw SyncException.refused(
          "another upgrade or rollback is running on this host (lock in " + folder + ")",
          "wait until it is done, then try again");
    }
    return channel;
  }

  private static void unlock(FileChannel channel) {
    doing(
        "unlock",
        () -> {
          channel.close();
          return channel;
        });
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  Optional<UpgradeState> find(String service) {
    Path file = fileOf(service);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    UpgradeState state =
        doing("read " + file, () -> JSON.readValue(Files.readAllBytes(file), UpgradeState.class));
    if (state.version() != UpgradeState.VERSION) {
      throw SyncException.failed(
          file + " is of version " + state.version() + ", which this tool does not know",
          "use the tool that wrote it");
    }
    return Optional.of(state);
  }

  /** Every service's last one. */
  List<UpgradeState> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return doing(
        "list " + folder,
        () -> {
          try (Stream<Path> files = Files.list(folder)) {
            return files
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.endsWith(ENDING))
                .sorted()
                .flatMap(name -> find(name.substring(0, name.length() - ENDING.length())).stream())
                .toList();
          }
        });
  }

  void write(UpgradeState state) {
    put(fileOf(state.service()), state);
    Path history = folder.resolve("history");
    if (state.status() == UpgradeState.Status.FAILED) {
      put(history.resolve(state.id() + ".failed" + ENDING), state);
    } else if (!state.isUnfinished()) {
      put(history.resolve(state.id() + ENDING), state);
    }
  }

  private static void put(Path file, UpgradeState state) {
    doing(
        "write " + file,
        () -> {
          PartFile.makeDirectories(file.resolveSibling("").toAbsolutePath());
          byte[] json = JSON.writeValueAsBytes(state);
          return PartFile.write(file, 0600, out -> out.write(json));
        });
  }

  /** Where a service's state is. */
  Path fileOf(String service) {
    if (!service.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
      throw SyncException.configuration("\"" + service + "\" is no service's name", "");
    }
    return folder.resolve(service + ENDING);
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "keeping the state of an upgrade: could not " + what + ": " + PartFile.reason(e),
          "",
          e);
    }
  }
}
