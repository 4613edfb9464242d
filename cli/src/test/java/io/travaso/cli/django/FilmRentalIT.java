package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
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
}
