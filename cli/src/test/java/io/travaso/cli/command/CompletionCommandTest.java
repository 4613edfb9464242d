package io.travaso.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.testing.Surrounded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path folder;

  /** What bash offers for these words, the last of which is being typed. */
  private List<String> complete(String... words) throws IOException, InterruptedException {
    Surrounded surrounded = new Surrounded(folder);
    assertThat(surrounded.run("completion")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), surrounded.out().text());
    StringBuilder typed = new StringBuilder();
    for (String word : words) {
      typed.append(" '").append(word).append("'");
    }
    String ask =
        "compopt() { :; }; source '%s'; COMP_WORDS=(sync%s); COMP_CWORD=%d; _complete_sync;"
                .formatted(script, typed, words.length)
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    try (InputStream out = bash.getInputStream()) {
      List<String> offered =
          new String(out.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .toList();
      assertThat(bash.waitFor()).as("%s", offered).isZero();
      return offered;
    }
  }

  @Test
  void bashCompletesCommands() throws Exception {
    assertThat(complete("dev")).containsExactly("dev-to-prod");
    assertThat(complete("ba")).containsExactlyInAnyOrder("backup", "backups");
    assertThat(complete("si")).doesNotContain("site");
  }

  @Test
  void bashCompletesOptions() throws Exception {
    assertThat(complete("dev-to-prod", "--f"))
        .containsExactlyInAnyOrder("--full-replace", "--full-fixture", "--force");
    assertThat(complete("rollback-last-sync", "--l")).containsExactly("--list");
  }
}
