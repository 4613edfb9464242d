package io.travaso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.traps.TrapsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of traps says what the tests show: here, where the tests of both modules are. */
class TrapsPageTest {
  private static final Path PAGE = Path.of("../docs/traps.md");

  @Test
  void everyTrapIsHeldByATest() {
    assertThat(TrapsPage.problems()).isEmpty();
  }

  @Test
  void isWhatTheTestsYield() throws IOException {
    if (Boolean.getBoolean("travaso.write")) {
      Files.writeString(PAGE, TrapsPage.text());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/traps.md; write it anew with " + TrapsPage.COMMAND)
        .isEqualTo(TrapsPage.text());
  }
}
