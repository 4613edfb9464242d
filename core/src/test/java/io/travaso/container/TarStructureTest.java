package io.travaso.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.host.Command;
import io.travaso.host.LocalHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of the real tar, whole and broken. */
class TarStructureTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Path deep = folder.resolve("in").resolve("d".repeat(120)).resolve("e".repeat(120));
    Files.createDirectories(deep);
    Files.writeString(deep.resolve("f".repeat(200)), "x".repeat(700));
    Files.createLink(folder.resolve("in/hard"), deep.resolve("f".repeat(200)));
    Files.createSymbolicLink(folder.resolve("in/soft"), Path.of("/" + "s".repeat(150)));
    Files.createFile(folder.resolve("in/empty"));
  }

  private byte[] tar(String... arguments) throws IOException {
    Path file = folder.resolve("out.tar");
    List<String> command = new ArrayList<>(List.of("tar", "-cf", file.toString()));
    command.addAll(List.of("-C", folder.resolve("in").toString()));
    command.addAll(List.of(arguments));
    new LocalHost().run(Command.of(command)).orThrow("make an archive");
    return Files.readAllBytes(file);
  }

  private static long files(byte[] tar) throws IOException {
    return TarStructure.read(new ByteArrayInputStream(tar)).files();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix"})
  void filesFoldersAndLinksAreCounted(String format) throws IOException {
    byte[] tar = tar("--format=" + format, "--sparse", ".");

    assertThat(files(tar)).isEqualTo(6);
  }

  @Test
  void whatIsCutIsRefusedWherever() throws IOException {
    byte[] tar = tar("--format=posix", ".");
    int end = tar.length;
    while (tar[end - 1] == 0) {
      end--;
    }
    for (int length = 0; length < end; length += 100) {
      byte[] cut = java.util.Arrays.copyOf(tar, length);
      assertThatThrownBy(() -> files(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void namesThatLeadOutsideAreRefused() throws IOException {
    for (String name :
        List.of("s,^\\./empty,/etc/x,", "s,^\\./empty,a/../../x,", "s,/empty,/..,")) {
      byte[] tar = tar("-P", "--transform=" + name, ".");
      assertThatThrownBy(() -> files(tar)).hasMessage("a name in it leads outside");
    }
    byte[] link = tar("-P", "--transform=flags=h;s,^\\./d.*f$,../x,", ".");
    assertThatThrownBy(() -> files(link)).hasMessage("a name in it leads outside");
  }

  @Test
  void aChangedHeaderIsRefused() throws IOException {
    byte[] tar = tar("--format=posix", ".");
    tar[100] ^= 1;
    assertThatThrownBy(() -> files(tar)).hasMessage("a header's checksum is wrong");
    byte[] more = java.util.Arrays.copyOf(tar("."), 20480);
    more[20000] = 1;
    assertThatThrownBy(() -> files(more)).hasMessage("something stands behind its end");
  }
}
