package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void everyKindOfFailureHasTheCodeThatScriptsKnow() {
    Map<Kind, Integer> codes = new EnumMap<>(Kind.class);
    Arrays.stream(Kind.values()).forEach(kind -> codes.put(kind, ExitCode.of(kind).number()));
    assertThat(codes)
        .isEqualTo(
            Map.of(
                Kind.FAILED, 1,
                Kind.CONFIGURATION, 2,
                Kind.CONFLICTS, 4,
                Kind.REFUSED, 5,
                Kind.HOST, 6,
                Kind.INTERRUPTED, 130));
  }

  @Test
  void differencesAndSuccessHaveTheirOwn() {
    assertThat(ExitCode.DONE.number()).isZero();
    assertThat(ExitCode.DIFFERENCES.number()).isEqualTo(3);
  }

  @Test
  void theStatusOfAFailureIsOneOfThree() {
    assertThat(ExitCode.CONFLICTS.status()).isEqualTo("conflicts");
    assertThat(ExitCode.REFUSED.status()).isEqualTo("refused");
    assertThat(ExitCode.HOST.status()).isEqualTo("failed");
    assertThat(ExitCode.USAGE.status()).isEqualTo("failed");
  }
}
