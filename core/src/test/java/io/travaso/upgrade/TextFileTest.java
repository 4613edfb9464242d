package io.travaso.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.upgrade.UpgradeState.EditedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.toRealPath().resolve("docker-compose.yml");
    Files.writeString(file, "image: a:1\r\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void itIsChangedAndComesBackByteByByte() throws IOException {
    EditedFile edited = TextFile.read(file).keep("image: a:2\r\n");
    TextFile.read(file).write("image: a:2\r\n");

    assertThat(file).hasContent("image: a:2");
    assertThat(TextFile.read(file).sha256()).isEqualTo(edited.sha256After());
    TextFile.read(file).restore(edited);
    assertThat(Files.readString(file)).isEqualTo("image: a:1\r\n");
    for (Path one : new Path[] {file, Path.of(edited.backup())}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
          .isEqualTo("rw-r--r--");
    }
  }

  @Test
  void noCopyOfAnotherUpgradeIsOverwritten() throws IOException {
    Files.writeString(folder.resolve("docker-compose.yml.bak"), "somebody's");

    assertThat(TextFile.read(file).keep("x").backup()).isEqualTo(file + ".bak.1");
    assertThat(TextFile.read(file).keep("y").backup()).isEqualTo(file + ".bak.1");
    Files.writeString(file, "image: a:2");
    assertThat(TextFile.read(file).keep("x").backup()).isEqualTo(file + ".bak.2");
    assertThat(folder.resolve("docker-compose.yml.bak")).hasContent("somebody's");
  }

  @Test
  void aSymlinkStaysOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.yml"), file);
    TextFile.read(link).write("image: a:2");

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(file).hasContent("image: a:2");
  }

  @Test
  void aCopyThatSomebodyChangedIsNotTrusted() throws IOException {
    EditedFile edited = TextFile.read(file).keep("image: a:2");
    Files.writeString(Path.of(edited.backup()), "image: evil");

    SyncException failure =
        catchThrowableOfType(SyncException.class, () -> TextFile.read(file).restore(edited));
    assertThat(failure.what()).contains("is not the copy that was made of");
    assertThat(Files.readString(file)).isEqualTo("image: a:1\r\n");
  }
}
