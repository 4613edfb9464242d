package io.travaso;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> NAMES = List.of("port", "host", "passphrase", "auth.User");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "por, port",
    "ports, port",
    "pirt, port",
    "PORT, port",
    "pasphrsae, passphrase",
    "auth.user, auth.User",
    "auth.Users, auth.User"
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.of(written, NAMES)).hasValue(meant);
  }

  @ParameterizedTest
  @CsvSource({"user", "x", "database", "''"})
  void guessesNothingFarAway(String written) {
    assertThat(NearestName.of(written, NAMES)).isEmpty();
  }

  @Test
  void prefersTheNearest() {
    assertThat(NearestName.of("clienet", List.of("client2", "cliente", "cliente2")))
        .hasValue("cliente");
    assertThat(NearestName.of("ab", List.of())).isEmpty();
  }
}
