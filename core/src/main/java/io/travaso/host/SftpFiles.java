package io.travaso.host;

import io.travaso.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.RemoteDirectory;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.RemoteResourceFilter;
import net.schmizz.sshj.sftp.RemoteResourceInfo;
import net.schmizz.sshj.sftp.RenameFlags;
import net.schmizz.sshj.sftp.Request;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;

/** A host's files by SFTP, version 3 with OpenSSH's extensions where the server has them. */
final class SftpFiles implements AutoCloseable {
  /** So many requests of about 32 KiB are under way at once when reading. */
  private static final int READS = 64;

  /**
   * And when writing: half of the 2 MiB OpenSSH's sshd takes unread, so that a thread waits for an
   * answer, which the end of the connection ends, and not for room, which it does not (sshj 0.40).
   */
  private static final int WRITES = 32;

  /** A slow disk may take its time to flush; a dead connection is noticed elsewhere. */
  private static final int TIMEOUT_MILLIS = 10 * 60_000;

  private final SFTPEngine engine;
  private final String home;

  SftpFiles(SSHClient client) throws IOException {
    engine = new SFTPEngine(client).init();
    engine.setTimeoutMs(TIMEOUT_MILLIS);
    home = engine.canonicalize(".");
  }

  /** The directory where logins begin. */
  String home() {
    return home;
  }

  /**
   * Writes a new file, which must not exist, with mode 0600, and brings it to the disk.
   *
   * @return the SHA-256 of what was sent
   */
  String create(String path, InputStream content) throws IOException {
    MessageDigest digest = Sha256.digest();
    write(path, 0, new DigestInputStream(content, digest), at -> {});
    return Sha256.hex(digest);
  }

  /** Hears how many bytes of a file are there. */
  interface Reached {
    void at(long bytes);
  }

  /**
   * Writes a file from a place on and brings it to the disk: from its begin a new one, which must
   * not exist, with mode 0600; from further on one that is there.
   */
  void write(String path, long from, InputStream content, Reached reached) throws IOException {
    Set<OpenMode> modes =
        from == 0
            ? EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL)
            : EnumSet.of(OpenMode.WRITE);
    FileAttributes attributes = new FileAttributes.Builder().withPermissions(0600).build();
    using(
        open(path, modes, attributes),
        file -> {
          OutputStream out = file.new RemoteFileOutputStream(from, WRITES);
          copy(content, out, packetSize(file), from, reached);
          out.close();
          file.flushToDisk();
        });
  }

  void copyTo(String path, OutputStream out) throws IOException {
    copyTo(path, 0, out, at -> {});
  }

  /** Reads a file from a place on. */
  void copyTo(String path, long from, OutputStream out, Reached reached) throws IOException {
    using(
        open(path, EnumSet.of(OpenMode.READ), FileAttributes.EMPTY),
        file -> {
          InputStream in = file.new ReadAheadRemoteFileInputStream(READS, from);
          copy(in, out, packetSize(file), from, reached);
        });
  }

  private interface Use {
    void of(FlushedFile file) throws IOException;
  }

  /**
   * As try-with-resources does, but for a failure of the closing after another: sshj (0.40) tells
   * one twice by the same exception, or stumbles over what a broken write left in its buffer.
   */
  private static void using(FlushedFile file, Use use) throws IOException {
    try {
      use.of(file);
    } catch (IOException | RuntimeException e) {
      try {
        file.close();
      } catch (IOException | RuntimeException closing) {
        // The connection is gone, and the handle with it.
      }
      throw e;
    }
    file.close();
  }

  private static void copy(InputStream in, OutputStream out, int packet, long from, Reached reached)
      throws IOException {
    byte[] buffer = new byte[packet];
    long at = from;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      at += n;
      reached.at(at);
    }
  }

  /** The size of a file; empty where there is none, or something else, such as a symlink. */
  Optional<Long> size(String path) throws IOException {
    try {
      FileAttributes there = engine.lstat(path);
      return there.getType() == FileMode.Type.REGULAR
          ? Optional.of(there.getSize())
          : Optional.empty();
    } catch (SFTPException e) {
      if (e.getStatusCode() == StatusCode.NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  String sha256(String path) throws IOException {
    MessageDigest digest = Sha256.digest();
    copyTo(path, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return Sha256.hex(digest);
  }

  void setMode(String path, int mode) throws IOException {
    engine.setAttributes(path, new FileAttributes.Builder().withPermissions(mode).build());
  }

  /** Renames over an existing file, atomically: plain SFTP would refuse to. */
  void rename(String from, String to) throws IOException {
    engine.rename(from, to, EnumSet.of(RenameFlags.OVERWRITE));
  }

  void makeDirectories(String path) throws IOException {
    if (path.equals("/")) {
      return;
    }
    Optional<FileAttributes> there = stat(path);
    if (there.isPresent()) {
      if (there.get().getType() != FileMode.Type.DIRECTORY) {
        throw new SFTPException(StatusCode.FAILURE, path + " is not a directory");
      }
      return;
    }
    makeDirectories(RemotePaths.parent(path));
    engine.makeDir(path, new FileAttributes.Builder().withPermissions(0700).build());
  }

  boolean exists(String path) throws IOException {
    return stat(path).isPresent();
  }

  boolean isDirectory(String path) throws IOException {
    return stat(path).filter(a -> a.getType() == FileMode.Type.DIRECTORY).isPresent();
  }

  void deleteIfExists(String path) throws IOException {
    try {
      engine.remove(path);
    } catch (SFTPException e) {
      if (e.getStatusCode() != StatusCode.NO_SUCH_FILE) {
        throw e;
      }
    }
  }

  /** The names in a directory, sorted. */
  List<String> list(String path) throws IOException {
    RemoteResourceFilter all = any -> true;
    try (RemoteDirectory directory = engine.openDir(path)) {
      return directory.scan(all).stream().map(RemoteResourceInfo::getName).sorted().toList();
    }
  }

  void deleteDirectory(String path) throws IOException {
    engine.removeDir(path);
  }

  /** By statvfs@openssh.com: block size, fragment size, blocks, free, free to users, … */
  Optional<Long> freeBytes(String path) throws IOException {
    if (!engine.supportsServerExtension("statvfs", "openssh.com")) {
      return Optional.empty();
    }
    String place = path;
    while (!place.equals("/") && !exists(place)) {
      place = RemotePaths.parent(place);
    }
    Response answer =
        ask(engine.newExtendedRequest("statvfs@openssh.com").putString(place))
            .ensurePacketTypeIs(PacketType.EXTENDED_REPLY);
    answer.readUInt64();
    long fragment = answer.readUInt64();
    answer.readUInt64();
    answer.readUInt64();
    return Optional.of(fragment * answer.readUInt64());
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }

  private Optional<FileAttributes> stat(String path) throws IOException {
    try {
      return Optional.of(engine.stat(path));
    } catch (SFTPException e) {
      if (e.getStatusCode() == StatusCode.NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private int packetSize(RemoteFile file) {
    return engine.getSubsystem().getRemoteMaxPacketSize() - file.getOutgoingPacketOverhead();
  }

  private Response ask(Request request) throws IOException {
    return engine.request(request).retrieve(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private FlushedFile open(String path, Set<OpenMode> modes, FileAttributes attributes)
      throws IOException {
    Response answer =
        ask(
            engine
                .newRequest(PacketType.OPEN)
                .putString(path)
                .putUInt32(OpenMode.toMask(modes))
                .putFileAttributes(attributes));
    return new FlushedFile(path, answer.ensurePacketTypeIs(PacketType.HANDLE).readBytes());
  }

  /** A file that can be brought to the disk, which needs the handle sshj keeps to itself. */
  private final class FlushedFile extends RemoteFile {

    FlushedFile(String path, byte[] handle) {
      super(engine, path, handle);
    }

    void flushToDisk() throws IOException {
      if (engine.supportsServerExtension("fsync", "openssh.com")) {
        ask(engine.newExtendedRequest("fsync@openssh.com").putString(handle))
            .ensureStatusPacketIsOK();
      }
    }
  }
}
