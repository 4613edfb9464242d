package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Django's {@code dumpdata} writes of the sample application in {@code sync import}. */
@ExtendWith(Python.Needed.class)
class DumpdataIT {
  private static Django django;
  private static Office office;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    django = new Django("office");
    office = new Office();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static void dump(Django django, Path file, String... options) {
    django.dumpdata(
        office.dev(),
        file,
        Stream.concat(Stream.of(Office.APPS), Stream.of(options)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dump.json",
        "dump.json --indent 2",
        "dump.json.gz",
        "dump.jsonl --format jsonl",
      })
  void isMerged(String command) {
    String[] words = (command + " --natural-foreign").split(" ");
    Path file = file(words[0]);
    dump(django, file, List.of(words).subList(1, words.length).toArray(String[]::new));
    mergesEverything(Office.SET, file);
  }

  @Test
  void isMergedInAnyOrderOfItsRecords() throws IOException {
    dump(django, file("dump.json"), "--natural-foreign");
    JsonMapper mapper = JsonMapper.builder().build();
    List<JsonNode> records = new ArrayList<>();
    mapper.readTree(file("dump.json").toFile()).forEach(records::add);
    Collections.shuffle(records, new Random(7));
    Files.writeString(file("shuffled.json"), mapper.writeValueAsString(records));
    mergesEverything(Office.SET, file("shuffled.json"));
  }

  private void mergesEverything(String set, Path file) {
    Sync sync = new Sync(folder, set);
    try (TestDatabase target = office.newEmpty()) {
      JsonNode first = sync.load(target, file);
      assertThat(first.path("status").asText()).isEqualTo("applied");
      Loss[] losses = {Loss.MICROSECONDS, Loss.JSON_NULL, Loss.JSON_NUMBERS};
      Contents.of(target, losses).isAs(Contents.of(office.dev(), losses));

      assertThat(sync.load(target, file).path("status").asText()).isEqualTo("unchanged");
    }
  }

  @Test
  void isMergedWhereRowsHaveNaturalKeys() {
    Django named = new Django("office", "office_named_settings");
    String[] natural = {"--natural-foreign", "--natural-primary"};
    dump(named, file("all.json"), natural);
    named.dumpdata(
        office.dev(),
        file("dump.json"),
        Stream.concat(
                Stream.of(Office.APPS).filter(app -> !app.equals("scadenze")), Stream.of(natural))
            .toArray(String[]::new));
    try (TestDatabase target = office.newEmpty()) {
      // What a deadline is about is a number to Django, and dev's number is nobody's here.
      assertThat(new Sync(folder, Office.BY_MEANING).refuses(target, file("all.json")))
          .contains("scadenze.Scadenza 1: object_id is anagrafiche.cliente 2");

      Sync sync = new Sync(folder, Office.WITHOUT_DEADLINES);
      sync.load(target, file("dump.json"));

      Loss[] losses = {Loss.MICROSECONDS, Loss.JSON_NULL, Loss.JSON_NUMBERS};
      Contents.named(Office.NAMES, target, losses)
          .isAs(
              Contents.named(Office.NAMES, office.dev(), losses).withoutRows("scadenze_scadenza"));
      assertThat(sync.load(target, file("dump.json")).path("status").asText())
          .isEqualTo("unchanged");
    }
  }

  @Test
  void changesNothingWhereTheRowsAreAlready() {
    dump(django, file("dump.json"), "--natural-foreign");
    try (TestDatabase copy = office.newCopy()) {
      // Django writes both as null.
      copy.execute("UPDATE scadenze_scadenza SET ricorrenza = NULL WHERE ricorrenza = 'null'");
      Contents before = Contents.of(copy);

      JsonNode result = new Sync(folder, Office.SET).load(copy, file("dump.json"));

      assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("unchanged");
      Contents.of(copy).isAs(before);
    }
  }

  @Test
  void isRefusedWhereUsersAreNumbers() {
    dump(django, file("dump.json"));
    try (TestDatabase target = office.newEmpty()) {
      assertThat(new Sync(folder, Office.SET).refuses(target, file("dump.json")))
          .contains("responsabile", "--natural-foreign");
    }
  }

  @Test
  void whatDjangoCutsIsCutInItsFile() throws IOException {
    dump(django, file("dump.json"), "--natural-foreign");
    String dump = Files.readString(file("dump.json"));
    assertThat(office.dev().rows("SELECT creata_il FROM anagrafiche_anagrafica WHERE id = 1"))
        .containsExactly("2021-03-01 07:17:00.123458+00");
    assertThat(dump)
        .contains("\"creata_il\": \"2021-03-01T07:17:00.123Z\"")
        .doesNotContain("2021-03-01T07:17:00.123458");
    assertThat(
            office
                .dev()
                .rows("SELECT ricorrenza FROM scadenze_scadenza WHERE id IN (1, 4) ORDER BY id"))
        .containsExactly("null", "\\N");
    assertThat(dump.split("\"ricorrenza\": null", -1)).hasSizeGreaterThan(2);
    assertThat(office.dev().rows("SELECT dati::text FROM pratiche_pratica WHERE id = 1"))
        .first()
        .asString()
        .contains("0.10000000000000000000");
    assertThat(dump).contains("\"rate\": [1, 0.1, null]");
  }

  @Test
  void monthsAreThirtyDaysToDjangoAndNanIsReadThoughItIsNotJson() throws IOException {
    try (TestDatabase copy = office.newCopy();
        TestDatabase target = office.newEmpty()) {
      copy.execute(
          "UPDATE pratiche_tipopratica SET durata_prevista = '1 month 2 days' WHERE id = 1",
          "UPDATE pratiche_pratica SET avanzamento = 'NaN' WHERE id = 1");
      django.dumpdata(copy, file("types.json"), "pratiche.TipoPratica");
      assertThat(Files.readString(file("types.json")))
          .contains("\"durata_prevista\": \"32 00:00:00\"");

      django.dumpdata(
          copy,
          file("dump.json"),
          Stream.concat(Stream.of(Office.APPS), Stream.of("--natural-foreign"))
              .toArray(String[]::new));
      assertThat(Files.readString(file("dump.json"))).contains("\"avanzamento\": NaN");
      new Sync(folder, Office.SET).load(target, file("dump.json"));
      assertThat(target.rows("SELECT avanzamento FROM pratiche_pratica WHERE id = 1"))
          .containsExactly("NaN");

      Sync sync = new Sync(folder, Office.SET);
      sync.export(copy, file("ours.json"));
      assertThat(django.refuses(target, file("ours.json"))).contains("(pratiche.tipopratica:pk=1)");
      copy.execute("UPDATE pratiche_tipopratica SET durata_prevista = NULL WHERE id = 1");
      target.execute("UPDATE pratiche_pratica SET avanzamento = 0 WHERE id = 1");
      sync.export(copy, file("ours.json"));
      django.loaddata(target, file("ours.json"));
      assertThat(target.rows("SELECT avanzamento FROM pratiche_pratica WHERE id = 1"))
          .containsExactly("NaN");
    }
  }
}
