package io.travaso.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.config.Direction;
import io.travaso.merge.Conflict;
import io.travaso.merge.Conflict.Kind;
import io.travaso.merge.Decision;
import io.travaso.merge.Decision.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in which conflicts are decided. */
class DecisionsFileTest {
  private static final String TABLE = "public.clienti_cliente";
  private static final List<Conflict> CONFLICTS =
      List.of(
          new Conflict(
              TABLE,
              "clienti.Cliente",
              "50",
              Kind.CHANGED_ON_BOTH,
              "nome",
              "Anna \"la\" Rossa\n\u0007\u2028è",
              null,
              "0a1b"),
          new Conflict(TABLE, TABLE, "a: #b", Kind.DELETED_IN_SOURCE, null, null, null, "2c3d"));

  @TempDir Path folder;

  @Test
  void hasAnEntryAConflict() {
    String text = DecisionsFile.text(Path.of("/x/decide.yaml"), Direction.DEV_TO_PROD, CONFLICTS);

    assertThat(text)
        .startsWith("# What dev and prod both changed since they last agreed, written by `sync")
        .contains(
            "\n"
                + "# Then: sync dev-to-prod --decisions decide.yaml, and the other options that"
                + " resolve was given\n")
        .endsWith(
            """
            direction: dev-to-prod
            conflicts:
              - table: "public.clienti_cliente"   # clienti.Cliente
                key: "50"
                column: "nome"
                kind: changed_on_both
                dev: "Anna \\"la\\" Rossa\\n\\U00000007\\U00002028è"
                prod: null
                take:\s
                seen: "0a1b"
              - table: "public.clienti_cliente"
                key: "a: #b"
                kind: deleted_in_source
                take:\s
                seen: "2c3d"
            """);
  }

  @Test
  void whatWasFilledInIsRead() throws IOException {
    Path file = folder.resolve("new/decide.yaml");
    DecisionsFile.write(file, Direction.DEV_TO_PROD, CONFLICTS);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> DecisionsFile.read(file, Direction.DEV_TO_PROD))
        .hasMessageContaining("2 problems");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("take: \n", "take: dev\n")
            .replaceFirst("take: \n", "take: prod\n"));
    assertThat(DecisionsFile.read(file, Direction.DEV_TO_PROD))
        .containsExactly(
            new Decision(TABLE, "50", "nome", Side.SOURCE, "0a1b"),
            new Decision(TABLE, "a: #b", null, Side.TARGET, "2c3d"));
  }

  @Test
  void takesNobodysPlace() throws IOException {
    Clock noon = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    Path first = DecisionsFile.next(folder, Direction.PROD_TO_DEV, noon);
    Files.createFile(first);

    assertThat(first).hasFileName("decisions_prod-to-dev_20261121_120000.yaml");
    assertThat(DecisionsFile.next(folder, Direction.PROD_TO_DEV, noon))
        .hasFileName("decisions_prod-to-dev_20261121_120000_2.yaml");
    assertThatThrownBy(() -> DecisionsFile.requireFree(first))
        .hasMessageContaining("is there already");
  }
}
