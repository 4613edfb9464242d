package io.travaso.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellQuotingTest {

  @Test
  void buildsALineThatBecomesTheProgram() {
    Command command =
        Command.of("psql", "-c", "it's").with("B", "2").with("A", "$1").without(Set.of("PGHOST"));

    assertThat(ShellQuoting.line(command))
        .isEqualTo("unset PGHOST; export A='$1'; export B='2'; exec 'psql' '-c' 'it'\\''s'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "'", "''", "a'b'c", "\\", "\\'", "\n", "$(id)", "`id`", "-n", "\"'\""})
  @Holds(value = "G2", as = Outcome.EXACT)
  void isOneWordToAShell(String word) throws IOException {
    String script = "set -- " + ShellQuoting.quote(word) + "; printf '%s:%s' $# \"$1\"";
    Process sh = new ProcessBuilder("sh", "-c", script).start();

    assertThat(new String(sh.getInputStream().readAllBytes(), UTF_8)).isEqualTo("1:" + word);
  }

  @Test
  void refusesWhatNoCommandCanBe() {
    assertThatThrownBy(() -> ShellQuoting.quote("a\0b")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Command.of()).hasMessageContaining("name of a program");
    assertThatThrownBy(() -> Command.of("-x")).hasMessageContaining("name of a program");
    assertThatThrownBy(() -> Command.of("x").with("A B", "c")).hasMessageContaining("A B");
    assertThatThrownBy(() -> Command.of("x").with("A", "\0")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Command.of("x").without(Set.of("A;B"))).hasMessageContaining("A;B");
  }

  @Test
  void neverPrintsArgumentsOrValues() {
    Command command =
        Command.of("psql", "s3cret").with("A", "s3cret").within(Duration.ofSeconds(1));

    assertThat(command.toString()).isEqualTo("psql (1 arguments)");
  }
}
