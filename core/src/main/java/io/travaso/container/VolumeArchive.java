package io.travaso.container;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.file.PartStream;
import io.travaso.file.Sha256;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Files of a container's volume in a {@code .tar.zst}: with owners, modes, times, symlinks, hard
 * links and holes.
 */
public final class VolumeArchive {
  private static final int BUFFER = 1 << 17;
  private static final int LEVEL = 3;

  /**
   * What an archive holds.
   *
   * @param files files, folders and links in it
   * @param bytes the size of the archive itself
   * @param sha256 of the archive, in hexadecimal
   */
  public record Info(long files, long bytes, String sha256) {}

  /**
   * Archives what a container has at a path; read again in full before it counts. What is mounted
   * beneath the path is not in it.
   *
   * @param container stopped, or holding still: a file that changes meanwhile is refused
   * @param path a mount of the container, or a folder in one
   * @param file appears whole, readable by its owner only, or not at all
   */
  public Info write(Container container, String path, Path file, Progress progress) {
    MountedPath place = MountedPath.of(container, path);
    String what = "archive " + place.of(container);
    try (PartStream part = PartStream.create(file)) {
      try (OutputStream zstd =
          new ZstdOutputStream(new Unclosed(part.stream()), LEVEL).setChecksum(true)) {
        CommandResult result =
            read(
                container,
                place,
                running -> {
                  running.input().close();
                  copy(running.output(), zstd, "archiving " + place.of(container), progress);
                  return running.waitFor();
                });
        if (!result.succeeded()) {
          throw VolumeErrors.of(container, place, what, result);
        }
      }
      part.stream().flush();
      Info info = prove(part.part());
      part.commit();
      if (!info.sha256().equals(part.sha256())) {
        throw VolumeErrors.broken(file, "what was written is not what is read");
      }
      tell(container, place, info, progress);
      return info;
    } catch (IOException e) {
      throw VolumeErrors.io("could not " + what + " into " + file, e);
    }
  }

  /** The tar stream of a path: by a helper, or where nothing has tar by docker's own. */
  private static CommandResult read(Container container, MountedPath place, VolumeHelper.Talk talk)
      throws IOException {
    Optional<VolumeHelper> helper = VolumeHelper.find(container, place, false);
    if (helper.isPresent()) {
      return helper.get().run(VolumeScripts.write(helper.get().gnu()), true, talk);
    }
    try (RunningCommand running =
        container
            .docker()
            .host()
            .start(Docker.command("cp", container.id() + ":" + place.path() + "/.", "-"))) {
      return talk.with(running);
    }
  }

  private static void tell(Container container, MountedPath place, Info info, Progress progress) {
    progress.tells(
        "%s: %d files, %d bytes".formatted(place.of(container), info.files(), info.bytes()));
    for (String other : place.beneath(container)) {
      progress.tells(other + " is a volume of its own and not in it");
    }
  }

  /** Reads every byte of an archive. Throws where it is cut, broken, or names a file outside. */
  public Info prove(Path file) {
    MessageDigest digest = Sha256.digest();
    TarStructure.Found found = read(file, digest);
    try {
      return new Info(found.files(), Files.size(file), Sha256.hex(digest));
    } catch (IOException e) {
      throw VolumeErrors.broken(file, PartFile.reason(e));
    }
  }

  private static TarStructure.Found read(Path file, MessageDigest digest) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream digested = new DigestInputStream(raw, digest);
        InputStream tar = decompressed(digested)) {
      return TarStructure.read(tar);
    } catch (java.nio.file.NoSuchFileException e) {
      throw VolumeErrors.broken(file, "there is no such file");
    } catch (IOException e) {
      throw VolumeErrors.broken(file, PartFile.reason(e));
    }
  }

  private static InputStream decompressed(InputStream file) throws IOException {
    return new BufferedInputStream(
        new ZstdInputStream(new BufferedInputStream(file, BUFFER)), BUFFER);
  }

  /**
   * Makes what the container has at a path what the archive holds: everything else there is
   * removed, the volume itself never is. What is mounted beneath the path is left alone.
   *
   * @param stopped a container that does not run; one that does is refused, and so is one whose
   *     volume another that runs has
   * @param path a mount of the container, or a folder in one
   */
  public void restore(Container stopped, String path, Path file, Progress progress) {
    MountedPath place = MountedPath.of(stopped, path);
    requireStill(stopped.refreshed(), place);
    boolean holes = read(file, Sha256.digest()).holes();
    VolumeHelper helper =
        VolumeHelper.find(stopped, place, holes)
            .orElseThrow(() -> VolumeErrors.noTar(stopped, place, holes));
    String what = "restore " + place.of(stopped);
    try {
      CommandResult result =
          helper.run(
              VolumeScripts.restore(helper.gnu()),
              false,
              running -> {
                send(file, running, "restoring " + place.of(stopped), progress);
                return running.waitFor();
              });
      if (!result.succeeded()) {
        throw VolumeErrors.of(stopped, place, what, result);
      }
      progress.tells(place.of(stopped) + " is restored");
    } catch (IOException e) {
      throw VolumeErrors.io("could not " + what + " from " + file, e);
    }
  }

  private static void requireStill(Container container, MountedPath place) {
    List<String> running =
        container.engine().running().stream()
            .filter(it -> it.id().equals(container.id()) || place.isSharedWith(it))
            .map(Container::name)
            .toList();
    if (!running.isEmpty()) {
      throw SyncException.refused(
          place.of(container) + " is in use by a container that runs",
          "stop it first: docker stop " + String.join(" ", running));
    }
  }

  /** A script that ends early takes no more; its status says why. */
  private static void send(Path file, RunningCommand running, String work, Progress progress)
      throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream tar = decompressed(raw)) {
      OutputStream input = new BufferedOutputStream(running.input(), BUFFER);
      try {
        copy(tar, input, work, progress);
        input.close();
      } catch (IOException e) {
        if (running.waitFor().succeeded()) {
          throw e;
        }
      }
    }
  }

  private static void copy(InputStream from, OutputStream to, String work, Progress progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      done += n;
      progress.at(work, done, 0);
    }
  }

  /** A file in the writing is closed by committing it. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
