package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Django application whose dev is on one engine and whose prod is on the other. */
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

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void bothDjangosSeeTheSame(Engine from, Engine to) {
    Sync sync = new Sync(folder, SET);
    try (Office source = new Office(from);
        Office office = new Office(to);
        TestDatabase target = office.newCopy()) {
      source
          .dev()
          .execute(
              "UPDATE anagrafiche_cliente SET tariffa_oraria = 72.5 WHERE id = 7",
              "UPDATE pratiche_praticanota SET testo = '👍 “già” visto' WHERE id = 3",
              "DELETE FROM scadenze_scadenza WHERE id = 5");
      sync.export(source.dev(), folder.resolve("office.json"));

      assertThat(sync.load(target, folder.resolve("office.json")).path("totals").toString())
          .contains("\"updated\":2");
      sync.load(target, folder.resolve("office.json"), "--full-replace");

      Seen.in(target, folder).isAs(Seen.in(source.dev(), folder));
      new Django("office")
          .dumpdata(
              source.dev(),
              folder.resolve("dump.json"),
              Stream.concat(
                      Stream.of("--natural-foreign", "--exclude", "pratiche.TipoPratica"),
                      Stream.of(Office.APPS))
                  .toArray(String[]::new));
      source.dev().execute("UPDATE scadenze_scadenza SET ricorrenza = NULL WHERE id % 4 = 1");
      assertThat(
              sync.load(target, folder.resolve("dump.json")).path("totals").path("created").asInt())
          .isZero();
    }
  }
}
