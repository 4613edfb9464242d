package io.travaso.host;

import io.travaso.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A machine where commands run and files land.
 *
 * <p>Paths over there are absolute or begin with {@code ~/}, the home of the login; any other path
 * is refused, since what it means depends on where the program was started. A failure is a {@link
 * io.travaso.SyncException} of kind HOST which names the host and the path or program. Nothing is
 * tried twice. An interrupt ends a wait with kind INTERRUPTED and leaves the thread's flag set.
 */
public interface Host extends AutoCloseable {

  /** What messages call it: {@code this machine} or {@code user@host:port}. */
  String name();

  /**
   * Runs a command without input and waits for its end.
   *
   * @return how it ended, with all of its output and the tail of its errors. A status other than
   *     zero is returned, not thrown; as in a shell, 127 is a program that does not exist and 126
   *     one that may not be executed
   * @throws io.travaso.SyncException when a signal killed it, when it ran out of its time, or when
   *     it wrote more than {@value CommandResult#MAX_OUTPUT_BYTES} bytes
   */
  CommandResult run(Command command);

  /**
   * Starts a command to talk with; closing it kills it together with its children. A program that
   * does not exist fails here, or ends with status 127 where only the far side can tell.
   */
  RunningCommand start(Command command);

  /** The absolute form of a path over there: {@code ~/} replaced by the login's home. */
  String absolute(String path);

  /**
   * Copies a file of this machine over there: to {@code PATH.part} (0600), its SHA-256 checked on
   * the far side, then renamed over whatever was at the path. A symlink at the path is replaced,
   * never followed; a part left by a broken copy is replaced. A failure leaves the path as it was.
   */
  void send(Path local, String path);

  /** Copies a file from over there to this machine, with the same care as {@link #send}. */
  void fetch(String path, Path local);

  /**
   * Sends a file as {@link #send} does, and goes on where an earlier attempt at the same content
   * was cut: what arrived of it lies beside the path as {@code SHA256.part}, and counts where its
   * own SHA-256, taken on both sides, is that of so many bytes of the file. A cut connection or an
   * interrupt leaves it, any other failure removes it.
   *
   * @param sha256 of the file
   */
  default void goOnSending(Path local, String path, String sha256, Progress progress) {
    send(local, path);
  }

  /** Fetches a file as {@link #fetch} does, and goes on in the way of {@link #goOnSending}. */
  default void goOnFetching(String path, Path local, String sha256, Progress progress) {
    fetch(path, local);
  }

  /** False where the connection is lost. */
  default boolean isConnected() {
    return true;
  }

  /** What went over the connection so far. */
  default Traffic traffic() {
    return Traffic.NONE;
  }

  /**
   * Writes a small file atomically.
   *
   * @param mode its permissions, such as 0600, whatever the umask over there
   */
  void write(String path, byte[] content, int mode);

  /** Makes the directory and the parents it lacks, the new ones with mode 0700. */
  void makeDirectories(String path);

  /** Whether something is there; a symlink counts as what it points to. */
  boolean exists(String path);

  /** Deletes a file or a symlink; nothing happens where there is none. */
  void delete(String path);

  /** The names in a directory, sorted, without {@code .} and {@code ..}. */
  List<String> list(String directory);

  /** Deletes a directory that is empty. */
  void deleteDirectory(String path);

  /** Renames within one file system, over an existing file, atomically. */
  void rename(String from, String to);

  /**
   * Bytes an ordinary user may still write at the path or, where it does not exist yet, at its
   * nearest parent; empty where the host cannot tell.
   */
  Optional<Long> freeBytes(String path);

  @Override
  void close();
}
