package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Django application whose dev is on one engine and whose prod is on the other. */
@Tag("night")
@ExtendWith(Python.Needed.class)
class AcrossEnginesIT {
  /** A duration is of PostgreSQL's own type, and a number on MariaDB: so each keeps its own. */
  private static final String SET =
      Office.SET
          .replace("pratiche.TipoPratica, ", "")
          .replace("[auth.User,", "[pratiche.TipoPratica, auth.User,")
          .replace(
              "{auth.User: {match: [username]}}",
              "{auth.User: {match: [username]}, pratiche.TipoPratica: {match: [codice]}}");

  /** Other numbers than dev's. */
  private static final String KINDS =
      "(8, 'DIC1', ''), (7, 'BIL2', ''), (6, 'LIQ3', ''), (5, 'CON4', ''), (4, 'SUC5', ''),"
          + " (3, 'COS6', ''), (2, 'CON7', ''), (1, 'VIS8', '')";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void bothDjangosSeeTheSame(Engine from, Engine to) {
    Sync sync = new Sync(folder, SET);
    Path file = folder.resolve("office.json");
    try (Office source = new Office(from);
        Office other = new Office(to);
        TestDatabase target = other.newEmpty()) {
      sync.export(source.dev(), file);
      target.execute("INSERT INTO pratiche_tipopratica (id, codice, nome) VALUES " + KINDS);

      assertThat(sync.load(target, file).path("status").asText()).isEqualTo("applied");

      Seen.in(target, folder)
          .without("pratiche.tipopratica")
          .isAs(Seen.in(source.dev(), folder).without("pratiche.tipopratica"));
      assertThat(target.rows(micros(to))).isEqualTo(source.dev().rows(micros(from)));
      assertThat(sync.load(target, file).path("status").asText()).isEqualTo("unchanged");
      changesComeAsWell(sync, source.dev(), target);
    }
  }

  private void changesComeAsWell(Sync sync, TestDatabase source, TestDatabase target) {
    source.execute(
        "UPDATE anagrafiche_cliente SET tariffa_oraria = 72.5 WHERE id = 7",
        "UPDATE pratiche_praticanota SET testo = '👍 “già” visto' WHERE id = 3",
        "DELETE FROM scadenze_scadenza WHERE id = 5");
    Path file = folder.resolve("later.json");
    sync.export(source, file);

    assertThat(sync.load(target, file, "--full-replace").path("totals").toString())
        .contains("\"created\":0,\"updated\":2,\"deleted\":1");
    Seen.in(target, folder)
        .without("pratiche.tipopratica")
        .isAs(Seen.in(source, folder).without("pratiche.tipopratica"));
  }

  /** What Django's dump does not show. */
  private static String micros(Engine engine) {
    String text =
        switch (engine) {
          case POSTGRESQL -> "to_char(creata_il AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";
          case MARIADB -> "CONCAT(creata_il)";
        };
    return "SELECT id, " + text + " FROM anagrafiche_anagrafica ORDER BY id";
  }
}
