package io.travaso.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.database.KeySql.Position;
import org.junit.jupiter.api.Test;

class KeyClassTest {
  private static KeySource source(long increment, long offset) {
    return new KeySource("public.t", "t", "id", null, 1, increment, offset, false);
  }

  @Test
  void theLeastNumberOfAClassThatIsNotBelowAnother() {
    assertThat(new KeyClass(2, 3).atLeast(1)).isEqualTo(2);
    assertThat(new KeyClass(2, 3).atLeast(2)).isEqualTo(2);
    assertThat(new KeyClass(2, 3).atLeast(3)).isEqualTo(5);
    assertThat(new KeyClass(3, 3).atLeast(1)).isEqualTo(3);
    assertThat(new KeyClass(3, 3).holds(6)).isTrue();
    assertThat(KeyClass.ALL.atLeast(7)).isEqualTo(7);
  }

  @Test
  void twoSourcesMeetUnlessTheirClassesAreApart() {
    assertThat(source(1, 0).meets(source(1, 0))).isTrue();
    assertThat(source(2, 1).meets(source(2, 0))).isFalse();
    assertThat(source(2, 1).meets(source(1, 0))).isTrue();
    assertThat(source(2, 1).meets(source(3, 0))).isTrue();
    assertThat(source(4, 1).meets(source(2, 0))).isFalse();
  }

  @Test
  void whatComesNextIsAboveWhatWasGivenOutAndWhatOthersHave() {
    assertThat(new Position(5, 1, 0, 100).from(3)).isEqualTo(5);
    assertThat(new Position(5, 1, 0, 100).from(9)).isEqualTo(9);
    assertThat(new Position(5, 2, 1, 100).from(10)).isEqualTo(11);
    assertThat(new Position(5, 2, 1, 100).from(11)).isEqualTo(11);
  }
}
