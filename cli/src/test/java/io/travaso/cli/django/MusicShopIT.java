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

/** Names in mixed case, keys that the application gives out, and a key of two columns. */
@ExtendWith(Python.Needed.class)
class MusicShopIT {
  private static final String MODELS =
      """
      tables:
        - {model: shop.Artist, table: Artist}
        - {model: shop.Album, table: Album}
        - {model: shop.Employee, table: Employee}
        - {model: shop.Customer, table: Customer}
        - {model: shop.Track, table: Track}
        - {model: shop.Invoice, table: Invoice}
        - {model: shop.InvoiceLine, table: InvoiceLine}
        - {model: shop.Playlist, table: Playlist}
      """;

  private static final String LINKS = "  - {model: shop.PlaylistTrack, table: PlaylistTrack}\n";

  private final Django django = new Django("musicshop");
  private final TestDatabase shop = Schemas.filled("musicshop");
  private final TestDatabase target = Schemas.empty("musicshop");

  @TempDir Path folder;

  @AfterEach
  void close() {
    shop.close();
    target.close();
  }

  @Test
  void loaddataTakesOurExport() {
    Path file = folder.resolve("shop.json");
    new Sync(folder, MODELS).export(shop, file);

    assertThat(django.refuses(target, file)).contains("Employee_ReportsTo_fkey");
    checkAtTheEnd();
    django.loaddata(target, file);

    Contents.of(target).isAs(Contents.of(shop).withoutRows("\"PlaylistTrack\""));
  }

  @Test
  void whatDumpdataWritesIsMerged() {
    Path file = folder.resolve("dump.json");
    django.dumpdata(shop, file, "shop", "--exclude", "shop.PlaylistTrack");
    Sync sync = new Sync(folder, MODELS);

    sync.load(target, file);

    // Here the database writes many rows at once: it needs no other constraints.
    Contents.of(target).isAs(Contents.of(shop).withoutRows("\"PlaylistTrack\""));
    assertThat(sync.load(target, file).path("status").asText()).isEqualTo("unchanged");
  }

  /** Django makes foreign keys that are checked at the end, and writes row by row. */
  private void checkAtTheEnd() {
    target.execute(
        "ALTER TABLE \"Employee\" ALTER CONSTRAINT \"Employee_ReportsTo_fkey\""
            + " DEFERRABLE INITIALLY DEFERRED");
  }

  @Test
  @Holds(value = "J7", as = Outcome.DOCUMENTED)
  void djangoHasNoKeyOfTwoColumns() {
    Path file = folder.resolve("shop.json");
    new Sync(folder, MODELS + LINKS).export(shop, file);
    checkAtTheEnd();

    assertThat(django.refuses(target, file)).contains("(shop.playlisttrack:pk=[1, ");

    // To its own dump one column is the key, and of a playlist's tracks one is left.
    Path dump = folder.resolve("dump.json");
    django.dumpdata(shop, dump, "shop");
    django.loaddata(target, dump);
    Contents.of(target)
        .withoutRows("\"PlaylistTrack\"")
        .isAs(Contents.of(shop).withoutRows("\"PlaylistTrack\""));
    String links = "SELECT count(*) FROM \"PlaylistTrack\"";
    assertThat(shop.rows(links)).containsExactly("100");
    assertThat(target.rows(links)).containsExactly("10");
  }
}
