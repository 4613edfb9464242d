package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource({
    "it_IT.UTF-8, ITALIAN",
    "it_CH, ITALIAN",
    "it, ITALIAN",
    "it@euro, ITALIAN",
    "en_US.UTF-8, ENGLISH",
    "C, ENGLISH",
    "C.UTF-8, ENGLISH",
    "de_DE.UTF-8, ENGLISH",
    "iti_XX, ENGLISH"
  })
  void isTheOneOfTheLocale(String lang, Language expected) {
    assertThat(Language.of(Map.of("LANG", lang), Locale.ITALY)).isEqualTo(expected);
  }

  @Test
  void obeysTheStrongestVariableThatIsSet() {
    assertThat(Language.of(Map.of("LANG", "en_US", "LC_MESSAGES", "it_IT"), Locale.ENGLISH))
        .isEqualTo(Language.ITALIAN);
    assertThat(
            Language.of(
                Map.of("LANG", "it_IT", "LC_MESSAGES", "it_IT", "LC_ALL", "C"), Locale.ITALY))
        .isEqualTo(Language.ENGLISH);
    assertThat(Language.of(Map.of("LANG", "it_IT", "LC_ALL", ""), Locale.ENGLISH))
        .isEqualTo(Language.ITALIAN);
  }

  @Test
  void isTheOneOfJavaWhereTheVariablesSayNothing() {
    assertThat(Language.of(Map.of(), Locale.ITALY)).isEqualTo(Language.ITALIAN);
    assertThat(Language.of(Map.of(), Locale.GERMANY)).isEqualTo(Language.ENGLISH);
  }
}
