package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's own types and triggers, and tables that reference each other. */
@ExtendWith(Python.Needed.class)
class FilmRentalIT {
  private static final String MODELS =
      """
      tables: [{model: rental.Language, table: language}, {model: rental.Film, table: film},
        {model: rental.Store, table: store}, {model: rental.Staff, table: staff},
        {model: rental.Rental, table: rental}]
      """;

  private static final String FILMS =
      "tables: [{model: rental.Language, table: language}, {model: rental.Film, table: film}]\n";

  private final Django django = new Django("filmrental");
  private final TestDatabase films = Schemas.filled("filmrental");
  private final TestDatabase target = Schemas.empty("filmrental");

  @TempDir Path folder;

  @AfterEach
  void close() {
    films.close();
    target.close();
  }

  @Test
  @Holds(value = "J7", as = Outcome.EXACT)
  void loaddataTakesOurExport() {
    Path file = folder.resolve("films.json");
    new Sync(folder, MODELS).export(films, file);

    // Django writes row by row, and makes foreign keys that are checked at the end.
    assertThat(django.refuses(target, file)).contains("staff_store_id_fkey");
    target.execute(
        "ALTER TABLE staff ALTER CONSTRAINT staff_store_id_fkey DEFERRABLE INITIALLY DEFERRED");
    django.loaddata(target, file);

    Contents.of(target).isAs(Contents.of(films).withoutRows("payment"));
  }

  @Test
  void whatDumpdataWritesIsMerged() {
    Path file = folder.resolve("dump.json");
    django.dumpdata(films, file, "rental", "--exclude", "rental.Payment");
    Sync sync = new Sync(folder, MODELS);

    sync.load(target, file);

    // Store and staff reference each other: here one statement writes both.
    Contents.of(target, Loss.MICROSECONDS)
        .isAs(Contents.of(films, Loss.MICROSECONDS).withoutRows("payment"));
    assertThat(sync.load(target, file).path("status").asText()).isEqualTo("unchanged");
  }

  @Test
  void aTableWithoutKeyIsRefused() {
    assertThat(
            new Sync(folder, MODELS.replace("]", ", {model: rental.Payment, table: payment}]"))
                .refusesToExport(films, folder.resolve("films.json")))
        .contains("rental.Payment has no primary key");
  }

  @Test
  void djangoHasNoInfinity() throws IOException {
    // Or last_updated would put the present there.
    films.execute(
        "ALTER TABLE film DISABLE TRIGGER USER",
        "UPDATE film SET last_update = 'infinity' WHERE film_id = 7");
    Path file = folder.resolve("films.json");
    new Sync(folder, FILMS).export(films, file);
    assertThat(django.refuses(target, file)).contains("(rental.film:pk=7)", "infinity");

    Path dump = folder.resolve("dump.json");
    django.dumpdata(films, dump, "rental.Film");
    assertThat(Files.readString(dump)).contains("\"last_update\": \"9999-12-31T23:59:59.999\"");
  }
}
