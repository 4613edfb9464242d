package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
  @ParameterizedTest
  @CsvSource({
    "it_IT.UTF-8, UTF-8",
    "en_US.utf8, UTF-8",
    "UTF-8, UTF-8",
    "it_IT.ISO-8859-1, ISO-8859-1",
    "it_IT.ISO-8859-15@euro, ISO-8859-15",
    "C, UTF-8",
    "'', UTF-8",
    "xx_XX.NO-SUCH-CHARSET, UTF-8",
    "xx_XX.!, UTF-8"
  })
  void writesInTheCharsetOfTheLocale(String lang, String expected) {
    assertThat(Console.charset(Map.of("LANG", lang)).name()).isEqualTo(expected);
  }
}
