package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsTextToTheLeftAndNumbersToTheRight() {
    TextTable table = new TextTable(List.of("NAME", ">SIZE", "RUN"));
    table.add(List.of("a", "1,000 kB", "r1"));
    table.add(List.of("città", "7 MB", ""));
    assertThat(table.lines())
        .containsExactly(
            "NAME       SIZE  RUN", //
            "a      1,000 kB  r1",
            "città      7 MB");
  }

  @Test
  void refusesARowThatDoesNotFit() {
    TextTable table = new TextTable(List.of("A", "B"));
    assertThatThrownBy(() -> table.add(List.of("1"))).isInstanceOf(IllegalArgumentException.class);
  }
}
