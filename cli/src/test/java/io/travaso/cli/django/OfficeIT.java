package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our export of the sample application in Django's {@code loaddata}. */
@ExtendWith(Python.Needed.class)
class OfficeIT {
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

  @ParameterizedTest
  @ValueSource(strings = {"office.json", "office.json.gz", "office.jsonl"})
  @Holds(value = "J7", as = Outcome.EXACT)
  void isTaken(String name) {
    Sync sync = new Sync(folder, Office.SET);
    sync.export(office.dev(), file(name));
    try (TestDatabase target = office.newEmpty()) {
      django.loaddata(target, file(name));

      Contents.of(target, Loss.JSON_NUMBERS, Loss.JSON_NULL_WRAPPED)
          .isAs(Contents.of(office.dev(), Loss.JSON_NUMBERS));
    }
  }

  @Test
  void comesBackTheSameToTheByteWhereNothingIsLost() {
    Sync sync = new Sync(folder, Office.SET);
    try (TestDatabase target = office.newEmpty();
        TestDatabase second = office.newEmpty()) {
      sync.export(office.dev(), file("dev.json"));
      django.loaddata(target, file("dev.json"));
      // From here on documents are as Python writes them.
      target.execute("UPDATE scadenze_scadenza SET ricorrenza = NULL WHERE ricorrenza ? '$json'");
      sync.export(target, file("one.json"));
      django.loaddata(second, file("one.json"));
      sync.export(second, file("two.json"));

      assertThat(file("two.json")).hasSameBinaryContentAs(file("one.json"));
    }
  }

  @Test
  void isTakenWhereRowsAreRecognisedByMeaning() {
    Django named = new Django("office", "office_named_settings");
    try (TestDatabase target = office.newEmpty()) {
      // The numbers of this database are its own.
      target.execute(
          "ALTER TABLE anagrafiche_cliente ALTER id RESTART 3000",
          "ALTER TABLE vocititolario ALTER id RESTART 7000");

      // What a deadline is about can only be a number to Django, and dev's number is nobody's here.
      new Sync(folder, Office.BY_MEANING).export(office.dev(), file("all.json"));
      assertThat(named.refuses(target, file("all.json"))).contains("(scadenze.scadenza:pk=1)");

      new Sync(folder, Office.WITHOUT_DEADLINES).export(office.dev(), file("office.json"));
      named.loaddata(target, file("office.json"));

      Contents.named(Office.NAMES, target, Loss.JSON_NUMBERS)
          .isAs(
              Contents.named(Office.NAMES, office.dev(), Loss.JSON_NUMBERS)
                  .withoutRows("scadenze_scadenza"));
    }
  }
}
