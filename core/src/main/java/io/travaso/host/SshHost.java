package io.travaso.host;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.file.PartFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;

/**
 * Another machine, over one SSH connection. The login there needs a POSIX shell and SFTP.
 *
 * <p>A connection that breaks is not opened again: whoever uses it decides what that means.
 */
public final class SshHost implements Host {
  /** GNU's sha256sum begins a line with a backslash when the name had to be escaped. */
  private static final Pattern CHECKSUM = Pattern.compile("\\\\?([0-9a-f]{64}) .*", Pattern.DOTALL);

  private final SshSettings settings;
  private final SSHClient client;
  private @Nullable SftpFiles files;
  private volatile boolean hasShell = true;

  /** A transfer that was cut may be told of a moment before its connection is. */
  private volatile boolean lost;

  private final Traffic.Count count;

  private SshHost(SshSettings settings, SSHClient client, Traffic.Count count) {
    this.settings = settings;
    this.client = client;
    this.count = count;
  }

  /**
   * Connects and logs in.
   *
   * @throws SyncException of kind HOST when the host does not answer, its key is unknown, changed
   *     or revoked, the user's key cannot be used, or the login is refused
   */
  public static SshHost connect(SshSettings settings) {
    Traffic.Count count = new Traffic.Count();
    return new SshHost(settings, SshConnection.open(settings, count), count);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public CommandResult run(Command command) {
    try (SshCommand running = launch(command)) {
      return running.collect();
    }
  }

  @Override
  public RunningCommand start(Command command) {
    return launch(command);
  }

  @Override
  public String absolute(String path) {
    String home = path.startsWith("~/") ? doing("find the home", SftpFiles::home) : "";
    return RemotePaths.absolute(path, home);
  }

  @Override
  public void send(Path local, String path) {
    String target = absolute(path);
    doing(
        "send " + local + " to " + target,
        sftp -> {
          try (InputStream content = Files.newInputStream(local)) {
            return land(sftp, target, content, 0600);
          }
        });
  }

  @Override
  public void fetch(String path, Path local) {
    String source = absolute(path);
    doing(
        "fetch " + source + " to " + local,
        sftp -> {
          String there = checksum(sftp, source);
          return PartFile.writeChecked(local, 0600, there, out -> sftp.copyTo(source, out));
        });
  }

  @Override
  public void goOnSending(Path local, String path, String sha256, Progress progress) {
    String target = absolute(path);
    doing(
        "send " + local + " to " + target,
        sftp -> new SshTransfer(sftp, new Sums(sftp), progress).send(local, target, sha256));
  }

  @Override
  public void goOnFetching(String path, Path local, String sha256, Progress progress) {
    String source = absolute(path);
    doing(
        "fetch " + source + " to " + local,
        sftp -> new SshTransfer(sftp, new Sums(sftp), progress).fetch(source, local, sha256));
  }

  @Override
  public boolean isConnected() {
    return !lost && client.isConnected();
  }

  @Override
  public Traffic traffic() {
    return count.soFar();
  }

  @Override
  public void write(String path, byte[] content, int mode) {
    String target = absolute(path);
    doing("write " + target, sftp -> land(sftp, target, new ByteArrayInputStream(content), mode));
  }

  @Override
  public void makeDirectories(String path) {
    String directory = absolute(path);
    doing(
        "make the directory " + directory,
        sftp -> {
          sftp.makeDirectories(directory);
          return directory;
        });
  }

  @Override
  public boolean exists(String path) {
    String file = absolute(path);
    return doing("look for " + file, sftp -> sftp.exists(file));
  }

  @Override
  public void delete(String path) {
    String file = absolute(path);
    doing(
        "delete " + file,
        sftp -> {
          sftp.deleteIfExists(file);
          return file;
        });
  }

  @Override
  public List<String> list(String path) {
    String directory = absolute(path);
    return doing("look into " + directory, sftp -> sftp.list(directory));
  }

  @Override
  public void deleteDirectory(String path) {
    String directory = absolute(path);
    doing(
        "delete " + directory,
        sftp -> {
          sftp.deleteDirectory(directory);
          return directory;
        });
  }

  @Override
  public void rename(String from, String to) {
    String source = absolute(from);
    String target = absolute(to);
    doing(
        "rename " + source + " to " + target,
        sftp -> {
          sftp.rename(source, target);
          return target;
        });
  }

  @Override
  public Optional<Long> freeBytes(String path) {
    String place = absolute(path);
    return doing("ask for the free space at " + place, sftp -> sftp.freeBytes(place));
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      // The connection was lost before; there is nothing left to close.
    }
  }

  private SshCommand launch(Command command) {
    try {
      return SshCommand.start(client, name(), command);
    } catch (IOException | IllegalStateException e) {
      throw failure("start " + command.program(), e);
    }
  }

  /** Part, checksum on the far side, permissions, name: in this order. */
  private String land(SftpFiles sftp, String target, InputStream content, int mode)
      throws IOException {
    String part = target + ".part";
    sftp.deleteIfExists(part);
    try {
      String sent = sftp.create(part, content);
      if (!checksum(sftp, part).equals(sent)) {
        throw new IOException("what arrived differs from what was sent (SHA-256)");
      }
      sftp.setMode(part, mode);
      if (sftp.isDirectory(target)) {
        throw new IOException("is a directory");
      }
      sftp.rename(part, target);
      return sent;
    } catch (IOException | SyncException e) {
      deleteAfterFailure(sftp, part, e);
      throw e;
    }
  }

  private static void deleteAfterFailure(SftpFiles sftp, String part, Exception failure) {
    try {
      sftp.deleteIfExists(part);
    } catch (IOException e) {
      // Whoever sends to this place next replaces the part.
      failure.addSuppressed(e);
    }
  }

  /** By the host's own sha256sum; where it has none, the file is read back. */
  private String checksum(SftpFiles sftp, String path) throws IOException {
    Matcher line = CHECKSUM.matcher(hasShell ? sha256sum(path) : "");
    return line.matches() ? line.group(1) : sftp.sha256(path);
  }

  /** What sha256sum says; nothing where it fails, or where the login may only move files. */
  private String sha256sum(String path) {
    return output(Command.of("sha256sum", "--", path));
  }

  private String output(Command command) {
    try {
      CommandResult result = run(command);
      return result.succeeded() ? result.output() : "";
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED || !client.isConnected()) {
        throw e;
      }
      hasShell = false;
      return "";
    }
  }

  private final class Sums implements SshTransfer.Sums {
    /** Only of a file that nobody else could have put there. */
    private static final String BEGIN =
        "test -f \"$2\" && test -O \"$2\" && head -c \"$1\" -- \"$2\" | sha256sum";

    private final SftpFiles sftp;

    Sums(SftpFiles sftp) {
      this.sftp = sftp;
    }

    @Override
    public String of(String path) throws IOException {
      return checksum(sftp, path);
    }

    @Override
    public Optional<String> ofBegin(String path, long bytes) {
      Command sum = Command.of("sh", "-c", BEGIN, "sh", String.valueOf(bytes), path);
      Matcher line = CHECKSUM.matcher(hasShell ? output(sum) : "");
      return line.matches() ? Optional.of(line.group(1)) : Optional.empty();
    }

    @Override
    public boolean isCut(Exception failure) {
      boolean answered =
          failure instanceof SFTPException answer
              && answer.getStatusCode() != Response.StatusCode.UNKNOWN;
      boolean fromSsh =
          failure instanceof SSHException
              || failure instanceof IllegalStateException
              || failure instanceof SyncException;
      if (fromSsh && !answered) {
        lost = true;
      }
      return lost || Thread.currentThread().isInterrupted();
    }
  }

  private interface FileWork<T> {
    T with(SftpFiles sftp) throws IOException;
  }

  private <T> T doing(String what, FileWork<T> work) {
    try {
      return work.with(files());
    } catch (IOException | IllegalStateException e) {
      throw failure(what, e);
    }
  }

  private synchronized SftpFiles files() throws IOException {
    SftpFiles open = files;
    if (open == null) {
      open = new SftpFiles(client);
      files = open;
    }
    return open;
  }

  /** sshj says IllegalStateException where a connection is closed. */
  private SyncException failure(String what, Exception e) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    String hint =
        interrupted || client.isConnected() ? "" : "the connection is lost: run the command again";
    return new SyncException(
        interrupted ? SyncException.Kind.INTERRUPTED : SyncException.Kind.HOST,
        "could not " + what + " on " + name() + ": " + reason(e),
        hint,
        e);
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof SFTPException sftp) {
      return switch (sftp.getStatusCode()) {
        case NO_SUCH_FILE -> "no such file or directory";
        case PERMISSION_DENIED -> "permission denied";
        // SFTP 3 has no code for a full disk or a directory in the way.
        case FAILURE -> message + " (is the disk full, or a directory in the way?)";
        default -> message;
      };
    }
    return e instanceof IOException io ? PartFile.reason(io) : message;
  }
}
