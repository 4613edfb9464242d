package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Django on MariaDB: what it writes is merged there, and what we write it reads. */
@ExtendWith(Python.Needed.class)
class MariaDbOfficeIT {
  /** Django's own precision, which a file of Django's can't exceed. */
  private static final String TIMES =
      "SELECT id, creata_il, aggiornata_il FROM anagrafiche_anagrafica ORDER BY id";

  private static Django django;
  private static Office office;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    django = new Django("office");
    office = new Office(Engine.MARIADB);
    // A duration is a number of microseconds there, and in a fixture of Django's a text: see below.
    office.dev().execute("UPDATE pratiche_tipopratica SET durata_prevista = NULL");
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static void dump(TestDatabase database, Path file, String... options) {
    django.dumpdata(
        database,
        file,
        Stream.concat(Stream.of(Office.APPS), Stream.of(options)).toArray(String[]::new));
  }

  @Test
  @Holds(value = "J7", as = Outcome.EXACT)
  void loaddataTakesOurExport() {
    new Sync(folder, Office.SET).export(office.dev(), file("office.json"));
    try (TestDatabase target = office.newEmpty()) {
      django.loaddata(target, file("office.json"));

      assertThat(target.rows(TIMES)).isEqualTo(office.dev().rows(TIMES)).hasSize(30);
      // Django wraps the document null once more: it does not know what stands for it in a fixture.
      assertThat(target.rows("SELECT DISTINCT ricorrenza FROM scadenze_scadenza WHERE id % 4 = 1"))
          .containsExactly("{\"$json\": null}");
      target.execute("UPDATE scadenze_scadenza SET ricorrenza = 'null' WHERE id % 4 = 1");
      Seen.in(target, folder).isAs(Seen.in(office.dev(), folder));
    }
  }

  @Test
  void whatDumpdataWritesIsMerged() {
    dump(office.dev(), file("dump.json"), "--natural-foreign");
    Sync sync = new Sync(folder, Office.SET);
    try (TestDatabase target = office.newEmpty()) {
      JsonNode first = sync.load(target, file("dump.json"));

      assertThat(first.path("status").asText()).isEqualTo("applied");
      Seen.in(target, folder).isAs(Seen.in(office.dev(), folder));
      assertThat(sync.load(target, file("dump.json")).path("status").asText())
          .isEqualTo("unchanged");
    }
  }

  @Test
  void changesNothingWhereTheRowsAreAlready() {
    Sync sync = new Sync(folder, Office.SET);
    sync.export(office.dev(), file("office.json"));
    try (TestDatabase target = office.newEmpty()) {
      // Documents as Django writes them, with its escapes.
      django.loaddata(target, file("office.json"));
      target.execute("UPDATE scadenze_scadenza SET ricorrenza = NULL WHERE id % 4 = 1");
      dump(target, file("dump.json"), "--natural-foreign");
      List<String> before = target.rows(TIMES);

      JsonNode result = sync.load(target, file("dump.json"));

      assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("unchanged");
      assertThat(target.rows(TIMES)).isEqualTo(before);
    }
  }

  @Test
  @Holds(value = "J7", as = Outcome.DOCUMENTED)
  void aDurationIsANumberToTheDatabaseAndATextToDjango() {
    try (TestDatabase copy = office.newCopy()) {
      copy.execute("UPDATE pratiche_tipopratica SET durata_prevista = 1303200000000 WHERE id = 1");
      Sync sync = new Sync(folder, Office.SET);
      sync.export(copy, file("ours.json"));
      assertThat(django.refuses(copy, file("ours.json"))).contains("(pratiche.tipopratica:pk=1)");

      django.dumpdata(copy, file("dump.json"), "pratiche.TipoPratica");
      assertThat(sync.refuses(copy, file("dump.json")))
          .contains("pratiche.tipopratica 1", "durata_prevista");
    }
  }

  @Test
  void rowsAreRecognisedByMeaning() {
    Django named = new Django("office", "office_named_settings");
    try (TestDatabase target = office.newEmpty()) {
      // The numbers of this database are its own.
      target.execute(
          "ALTER TABLE anagrafiche_cliente AUTO_INCREMENT = 3000",
          "ALTER TABLE vocititolario AUTO_INCREMENT = 7000");
      String[] natural = {"--natural-foreign", "--natural-primary"};
      named.dumpdata(
          office.dev(),
          file("dump.json"),
          Stream.concat(
                  Stream.of(Office.APPS).filter(app -> !app.equals("scadenze")), Stream.of(natural))
              .toArray(String[]::new));
      Sync sync = new Sync(folder, Office.WITHOUT_DEADLINES);

      sync.load(target, file("dump.json"));

      assertThat(
              target.rows(
                  "SELECT v.codice, p.codice FROM vocititolario v LEFT JOIN vocititolario p"
                      + " ON p.id = v.padre_id ORDER BY 1"))
          .isEqualTo(
              office
                  .dev()
                  .rows(
                      "SELECT v.codice, p.codice FROM vocititolario v LEFT JOIN vocititolario p"
                          + " ON p.id = v.padre_id ORDER BY 1"));
      assertThat(target.rows("SELECT MIN(id) FROM vocititolario")).containsExactly("7000");
      assertThat(sync.load(target, file("dump.json")).path("status").asText())
          .isEqualTo("unchanged");
    }
  }
}
