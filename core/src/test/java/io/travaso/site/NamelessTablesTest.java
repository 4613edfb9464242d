package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.table.Catalog.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamelessTablesTest {
  private static final Model VOCE = new Model("titolario", "titolariovoce");
  private static final Model PROXY = new Model("archivio", "listastampa");

  @Test
  void pairsATableWithTheOneModelItResembles() {
    assertThat(NamelessTables.pair(List.of("vocititolario"), List.of(PROXY, VOCE)))
        .containsOnlyKeys("vocititolario")
        .containsValue(VOCE);
  }

  @Test
  void leavesATableAloneThatResemblesNone() {
    assertThat(NamelessTables.pair(List.of("zona"), List.of(PROXY, VOCE))).isEmpty();
    assertThat(NamelessTables.pair(List.of("vocititolario"), List.of())).isEmpty();
  }

  @Test
  void doesNotGuessBetweenTwo() {
    Model twin = new Model("altro", "titolariovoce");

    assertThat(NamelessTables.pair(List.of("vocititolario"), List.of(VOCE, twin))).isEmpty();
    assertThat(NamelessTables.pair(List.of("vocititolario", "titolario_old"), List.of(VOCE)))
        .isEmpty();
  }
}
