package io.travaso.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassFileTest {
  /** Above the largest process id of Linux (2^22) and of macOS. */
  private static final long NOBODY = 999_999_999L;

  @TempDir Path temporary;

  @Test
  @Holds(value = "G1", as = Outcome.EXACT)
  void livesAsLongAsItIsOpen() throws IOException {
    Path path;
    try (PassFile file = PassFile.in(temporary, new Secret("a:b\\c"))) {
      path = file.path();
      assertThat(path).hasContent("*:*:*:*:a\\:b\\\\c\n");
      assertThat(mode(path)).isEqualTo("rw-------");
      assertThat(mode(path.resolveSibling(""))).isEqualTo("rwx------");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void refusesAPasswordOfTwoLines() {
    assertThatThrownBy(() -> PassFile.in(temporary, new Secret("s3cret\n")).close())
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("line break")
        .hasMessageNotContaining("s3cret");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void deletesWhatKilledProcessesLeft() throws IOException {
    Path dead = leftover(NOBODY, "a", Duration.ofHours(1));
    Path fresh = leftover(NOBODY, "b", Duration.ofSeconds(1));
    Path living = leftover(ProcessHandle.current().pid(), "c", Duration.ofHours(1));
    Path link = temporary.resolve("travaso-pgpass-" + NOBODY + "-link");
    Files.createSymbolicLink(link, living);

    PassFile.in(temporary, new Secret("x")).close();

    assertThat(dead).doesNotExist();
    assertThat(fresh.resolve("pgpass")).exists();
    assertThat(living.resolve("pgpass")).exists();
    assertThat(link).isSymbolicLink();
  }

  private Path leftover(long pid, String suffix, Duration age) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("travaso-pgpass-" + pid + "-" + suffix));
    Files.writeString(folder.resolve("pgpass"), "x");
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
    return folder;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
