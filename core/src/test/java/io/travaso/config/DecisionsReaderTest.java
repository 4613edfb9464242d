package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody decided about conflicts, as it is written. */
class DecisionsReaderTest {
  private static final Path FILE = Path.of("/project/decisions.yaml");
  private static final String TWO =
      """
      direction: dev-to-prod
      conflicts:
        - table: public.clienti_cliente
          key: "50"
          column: nome
          kind: changed_on_both
          dev: "Anna"
          prod: null
          take: prod
          seen: 0a1b
        - table: public.clienti_cliente
          key: "51"
          kind: deleted_in_source
          take: source
          seen: 2c3d
      """;

  private static List<DecisionEntry> read(String yaml) {
    return DecisionsReader.parse(yaml, FILE, Direction.DEV_TO_PROD);
  }

  private static SyncException refused(String yaml) {
    return catchThrowableOfType(SyncException.class, () -> read(yaml));
  }

  @Test
  void areReadByRowAndColumn() {
    assertThat(read(TWO))
        .containsExactly(
            new DecisionEntry("public.clienti_cliente", "50", "nome", false, "0a1b"),
            new DecisionEntry("public.clienti_cliente", "51", null, true, "2c3d"));
  }

  @Test
  void eachSideHasTwoNames() {
    assertThat(read(TWO.replace("take: prod", "take: target"))).isEqualTo(read(TWO));
    assertThat(read(TWO.replace("take: source", "take: dev"))).isEqualTo(read(TWO));
  }

  @Test
  void allThatIsWrongIsToldWithItsLine() {
    SyncException refused =
        refused(TWO.replace("take: prod", "take:").replace("take: source", "take: deev"));

    assertThat(refused.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
    assertThat(refused.what())
        .isEqualTo("reading the decisions /project/decisions.yaml: 2 problems");
    assertThat(refused.details())
        .containsExactly(
            "decisions.yaml:9: conflicts[1].take: is not filled in; dev or prod",
            "decisions.yaml:14: conflicts[2].take: is none of the two sides; did you mean"
                + " \"dev\"?");
  }

  @Test
  void areOfOneDirection() {
    assertThat(refused(TWO.replace("dev-to-prod", "prod-to-dev")).details())
        .singleElement()
        .asString()
        .startsWith("decisions.yaml:1: direction: is another than that of this run, dev-to-prod");
    assertThat(refused(TWO.replace("direction: dev-to-prod\n", "")).details())
        .singleElement()
        .asString()
        .contains("direction: is missing");
  }

  @Test
  void whatWasWrittenStays() {
    assertThat(refused(TWO.replace("    seen: 2c3d\n", "")).details())
        .singleElement()
        .asString()
        .startsWith("decisions.yaml:11: conflicts[2].seen: is missing");
    assertThat(refused(TWO.replace("seen: 2c3d", "sein: 2c3d")).details()).hasSize(2);
    assertThat(refused(TWO + TWO.substring(TWO.indexOf("  - table"))).details())
        .hasSize(2)
        .first()
        .asString()
        .contains("conflicts[3]: is decided twice; see conflicts[1]");
  }

  @Test
  void aFileWithoutDecisionsIsNone() {
    assertThat(refused("").details()).hasSize(1);
    assertThat(refused("direction: dev-to-prod\n").details()).hasSize(1);
    assertThat(refused("- a\n").details()).hasSize(1);
    assertThat(read("direction: dev-to-prod\nconflicts: []\n")).isEmpty();
  }

  @Test
  void valuesOfKeysMayBeAnything() {
    String odd = TWO.replace("key: \"50\"", "key: \"a\\nb, 'c' \\\"d\\\"\"");

    assertThat(read(odd).get(0).key()).isEqualTo("a\nb, 'c' \"d\"");
    assertThat(read(TWO.replace("key: \"50\"", "key: \"\"")).get(0).key()).isEmpty();
  }
}
