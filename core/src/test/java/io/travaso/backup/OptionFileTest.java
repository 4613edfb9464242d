package io.travaso.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionFileTest {
  /** Above the largest process id of Linux (2^22) and of macOS. */
  private static final long NOBODY = 999_999_999L;

  @TempDir Path temporary;

  @Test
  @Holds(value = "G1", as = Outcome.EXACT)
  void livesAsLongAsItIsOpen() throws IOException {
    Path path;
    try (OptionFile file = OptionFile.in(temporary, settings("a \"b\\c#", Map.of()))) {
      path = file.path();
      assertThat(file.argument()).isEqualTo("--defaults-file=" + path);
      assertThat(path)
          .content()
          .isEqualTo(
              """
              [client]
              protocol=tcp
              host="localhost"
              port=3306
              user="me"
              password="a \\"b\\\\c#"
              ssl=0
              """);
      assertThat(mode(path)).isEqualTo("rw-------");
      assertThat(mode(path.resolveSibling(""))).isEqualTo("rwx------");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void connectsAsTheDriverDoes() throws IOException {
    assertThat(lines(Map.of("sslmode", "require", "connect_timeout", "7")))
        .contains("ssl=1\nssl-verify-server-cert=0\n", "connect-timeout=\"7\"\n");
    assertThat(lines(Map.of("sslmode", "verify-full", "sslrootcert", "/etc/my ca.pem")))
        .contains("ssl=1\nssl-verify-server-cert=1\n", "ssl-ca=\"/etc/my ca.pem\"\n");
  }

  private String lines(Map<String, String> parameters) throws IOException {
    try (OptionFile file = OptionFile.in(temporary, settings("x", parameters))) {
      return Files.readString(file.path());
    }
  }

  @Test
  void refusesAPasswordOfTwoLines() {
    assertThatThrownBy(() -> OptionFile.in(temporary, settings("s3cret\n", Map.of())).close())
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("line break")
        .hasMessageNotContaining("s3cret");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void deletesWhatKilledProcessesLeft() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("travaso-mycnf-" + NOBODY + "-a"));
    Files.writeString(folder.resolve("mycnf"), "x");
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    OptionFile.in(temporary, settings("x", Map.of())).close();

    assertThat(folder).doesNotExist();
  }

  private static ConnectionSettings settings(String password, Map<String, String> parameters) {
    return new ConnectionSettings(
        "mariadb", "localhost", 3306, "db", "me", parameters, new Secret(password));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
