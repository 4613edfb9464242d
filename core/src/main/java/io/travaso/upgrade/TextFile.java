package io.travaso.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.file.Sha256;
import io.travaso.upgrade.UpgradeState.EditedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/** A text file of the user's that is changed: whole or not at all, and with a copy beside it. */
final class TextFile {
  private static final int MOST_COPIES = 1000;

  private final Path file;
  private final byte[] bytes;

  private TextFile(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Reads a file; where it is a symlink, the file it leads to is meant. */
  static TextFile read(Path file) {
    return doing(
        "read " + file,
        () -> {
          Path real = file.toRealPath();
          return new TextFile(real, Files.readAllBytes(real));
        });
  }

  /** Where it really is. */
  Path file() {
    return file;
  }

  String text() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw SyncException.configuration(file + " is not UTF-8", "save it as UTF-8");
    }
  }

  String sha256() {
    return Sha256.of(bytes);
  }

  /**
   * Puts a copy beside it: {@code NAME.bak}, or {@code NAME.bak.1} and so on, where another one is
   * there. A copy that has these bytes already is taken.
   *
   * @return what the file will have been changed from and to
   */
  EditedFile keep(String changed) {
    return doing(
        "keep a copy of " + file,
        () -> {
          for (int i = 0; i < MOST_COPIES; i++) {
            Path copy = file.resolveSibling(file.getFileName() + ".bak" + (i == 0 ? "" : "." + i));
            if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
              put(copy, bytes);
            } else if (!Files.isRegularFile(copy)
                || !Arrays.equals(Files.readAllBytes(copy), bytes)) {
              continue;
            }
            return new EditedFile(
                file.toString(), copy.toString(), sha256(), Sha256.of(changed.getBytes(UTF_8)));
          }
          throw SyncException.failed(
              "there are " + MOST_COPIES + " copies beside " + file, "remove those nobody needs");
        });
  }

  void write(String changed) {
    doing(
        "write " + file,
        () -> {
          put(file, changed.getBytes(UTF_8));
          return file;
        });
  }

  /** Makes the file what its copy is; the copy must be what it was when it was made. */
  void restore(EditedFile edited) {
    Path copy = Path.of(edited.backup());
    doing(
        "bring back " + file,
        () -> {
          byte[] old = Files.readAllBytes(copy);
          if (!Sha256.of(old).equals(edited.sha256Before())) {
            throw SyncException.failed(
                copy + " is not the copy that was made of " + file,
                "change the image's tag in it by hand");
          }
          put(file, old);
          return file;
        });
  }

  /** With mode and owner of the file it was, or is a copy of. */
  private void put(Path target, byte[] content) throws IOException {
    PosixFileAttributes was = Files.readAttributes(file, PosixFileAttributes.class);
    Path part = PartFile.create(target);
    try {
      Files.write(part, content);
      PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class);
      PosixFileAttributes is = view.readAttributes();
      if (!is.owner().equals(was.owner())) {
        view.setOwner(was.owner());
      }
      if (!is.group().equals(was.group())) {
        view.setGroup(was.group());
      }
      view.setPermissions(was.permissions());
      PartFile.force(part);
      PartFile.settle(part, target, Sha256.of(content));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST, "could not " + what + ": " + PartFile.reason(e), "", e);
    }
  }
}
